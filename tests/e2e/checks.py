"""What is looked for on a page: the rules of axe, and our own where axe is blind."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 640}

AXE = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  const where = (rule) => rule.nodes.map((node) => `${node.target} ${node.html}`).join(" | ");
  return found.violations.map((rule) => `${rule.id}: ${where(rule)}`);
}"""

# Ids that are double, labels and descriptions that point nowhere, errors tied to no field.
TIES = """() => {
  const wrong = [], ids = new Set();
  for (const el of document.querySelectorAll("[id]")) {
    if (ids.has(el.id)) wrong.push(`id twice: ${el.id}`);
    ids.add(el.id);
  }
  for (const name of ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list"])
    for (const el of document.querySelectorAll(`[${name}]`))
      for (const id of el.getAttribute(name).split(/\\s+/))
        if (!ids.has(id)) wrong.push(`${name} points nowhere: ${id}`);
  for (const el of document.querySelectorAll("main a[href^='#']"))
    if (!ids.has(decodeURIComponent(el.hash.slice(1)))) wrong.push(`link points nowhere: ${el.hash}`);
  for (const error of document.querySelectorAll(".form-error")) {
    const field = error.id && document.querySelector(`[aria-describedby~="${error.id}"]`);
    if (!field) wrong.push(`error tied to no field: ${error.textContent}`);
    else if (field.getAttribute("aria-invalid") !== "true") wrong.push(`not invalid: ${field.id}`);
  }
  return wrong;
}"""

# Targets under 24 px, links inside a sentence excepted (WCAG 2.5.8).
TARGETS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((el) => el.type !== "hidden" && el.checkVisibility({visibilityProperty: true}))
  .filter((el) => !(el.tagName === "A" && getComputedStyle(el).display === "inline"))
  .filter((el) => !el.closest(".skip-link"))
  .map((el) => [el, el.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 23.9 || box.height < 23.9))
  .map(([el, box]) => `${box.width.toFixed(0)}x${box.height.toFixed(0)} ${el.outerHTML.slice(0, 120)}`)"""

TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const inScroller = (el) => el.closest(".scroller, .district-nav") !== null;
  return [...document.querySelectorAll("body *")]
    .filter((el) => el.getBoundingClientRect().right > room + 0.5 && !inScroller(el))
    .slice(0, 4).map((el) => `past ${room} px: ${el.outerHTML.slice(0, 120)}`)
    .concat(`the page is ${document.documentElement.scrollWidth} px wide in ${room}`);
}"""

# Notes, at each focus, the elements whose look does not change. Transitions would hide the change.
WATCH_FOCUS = """() => {
  const still = new CSSStyleSheet();
  still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [still];
  const look = (el) => {
    const s = getComputedStyle(el);
    return {outline: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 ? s.outlineColor : "",
            rest: [s.boxShadow, s.backgroundColor, s.borderColor].join()};
  };
  const before = new WeakMap();
  for (const el of document.querySelectorAll("*")) before.set(el, look(el));
  window.focused = []; window.unseen = [];
  document.addEventListener("focusin", ({target}) => {
    window.focused.push(target);
    const now = look(target), then = before.get(target);
    const outlined = now.outline && !/, 0\\)$|transparent/.test(now.outline);
    if (!outlined && now.rest === then?.rest) window.unseen.push(target.outerHTML.slice(0, 140));
  });
}"""
ROUND = "() => window.focused.lastIndexOf(window.focused[0]) > 0"
FOCUSABLE = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter((el) => !el.disabled && el.checkVisibility({visibilityProperty: true})
    && !el.closest("details:not([open]) > :not(summary)"))"""


def axe(page: Page) -> list[str]:
    """What axe-core finds on the page as it is now; the script is loaded once for each page."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(AXE, RULES))


def look(page: Page, size: Any) -> list[str]:
    """Everything wrong with the page in a window of this size."""
    page.set_viewport_size(size)
    found = [*axe(page), *page.evaluate(TIES), *page.evaluate(TARGETS), *page.evaluate(TOO_WIDE)]
    return [f"{size['width']} px: {wrong}" for wrong in found]


def narrow(page: Page) -> list[str]:
    """What sticks out of the smallest window."""
    page.set_viewport_size(NARROW)
    return list(page.evaluate(TOO_WIDE))


def walk(page: Page) -> list[str]:
    """Press Tab through the page: every element must be reached, be seen, and let go."""
    page.evaluate(WATCH_FOCUS)
    expected = page.evaluate(f"({FOCUSABLE})().length")
    # A date holds several stops, a group of radios one: the way round ends where it began.
    for pressed in range(expected * 4 + 20):
        page.keyboard.press("Tab")
        if pressed % 10 == 9 and page.evaluate(ROUND):
            break
    missed = page.evaluate(
        f"({FOCUSABLE})().filter((el) => !window.focused.includes(el)"
        " && el.type !== 'radio').map((el) => el.outerHTML.slice(0, 140))"
    )
    unseen = page.evaluate("() => [...new Set(window.unseen)]")
    goes_round = page.evaluate(ROUND)
    return [
        *(f"the keyboard does not reach {each}" for each in missed),
        *(f"focus is not seen on {each}" for each in unseen),
        *([] if goes_round else ["Tab never comes back to the start of the page"]),
    ]
