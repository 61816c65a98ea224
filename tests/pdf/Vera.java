// Validates PDF files against PDF/A and PDF/UA: java -cp JAR Vera.java 3a=x.pdf ua1=x.pdf
// The jar carries the veraPDF engine and its profiles without JAXB, so the profiles are read here.

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

public class Vera {
  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean allComply = true;
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      allComply &= complies(PDFAFlavour.fromString(pair[0]), pair[1]);
    }
    System.exit(allComply ? 0 : 1);
  }

  static boolean complies(PDFAFlavour flavour, String path) throws Exception {
    try (PDFAParser parser =
        Foundries.defaultInstance().createParser(new FileInputStream(path), flavour)) {
      ValidationResult result =
          ValidatorFactory.createValidator(profile(flavour), false).validate(parser);
      System.out.println(
          flavour + " compliant=" + result.isCompliant() + " checks=" + result.getTotalAssertions());
      Map<String, String> failures = new TreeMap<>();
      for (TestAssertion one : result.getTestAssertions()) {
        if (one.getStatus() == TestAssertion.Status.FAILED) {
          String clause = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
          failures.put(clause, one.getMessage());
        }
      }
      failures.forEach((clause, message) -> System.out.println("  " + clause + ": " + message));
      return result.isCompliant() && result.getTotalAssertions() > 0;
    }
  }

  static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
    String id = flavour.getId();
    String name = id.startsWith("ua") ? "PDFUA-1" : "PDFA-" + id.toUpperCase();
    String address = "org/verapdf/pdfa/validation/" + name + ".xml";
    Element root;
    try (InputStream stream = Vera.class.getClassLoader().getResourceAsStream(address)) {
      root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream)
          .getDocumentElement();
    }
    Set<Rule> rules = new HashSet<>();
    NodeList ruleNodes = root.getElementsByTagName("rule");
    for (int i = 0; i < ruleNodes.getLength(); i++) {
      rules.add(rule((Element) ruleNodes.item(i)));
    }
    Set<Variable> variables = new HashSet<>();
    NodeList variableNodes = root.getElementsByTagName("variable");
    for (int i = 0; i < variableNodes.getLength(); i++) {
      Element one = (Element) variableNodes.item(i);
      variables.add(Profiles.variableFromValues(one.getAttribute("name"),
          one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
    }
    return Profiles.profileFromValues(flavour,
        Profiles.profileDetailsFromValues(name, name, "", new Date()), "", rules, variables);
  }

  static Rule rule(Element element) {
    Element id = child(element, "id");
    Element error = child(element, "error");
    List<ErrorArgument> arguments = new ArrayList<>();
    NodeList nodes = error.getElementsByTagName("argument");
    for (int i = 0; i < nodes.getLength(); i++) {
      arguments.add(argument(nodes.item(i).getTextContent()));
    }
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
        element.getAttribute("object"),
        element.hasAttribute("deferred") ? Boolean.valueOf(element.getAttribute("deferred")) : null,
        element.getAttribute("tags"), text(element, "description"), text(element, "test"),
        Profiles.errorFromValues(text(error, "message"), arguments), new ArrayList<>());
  }

  static ErrorArgument argument(String value) {
    return new ErrorArgument() {
      public String getArgument() { return value; }
      public String getName() { return null; }
      public String getArgumentValue() { return null; }
      public void setArgumentValue(String unused) {}
    };
  }

  static Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element && node.getNodeName().equals(name)) {
        return (Element) node;
      }
    }
    return null;
  }

  static String text(Element parent, String name) {
    Element found = child(parent, name);
    return found == null ? "" : found.getTextContent();
  }
}
