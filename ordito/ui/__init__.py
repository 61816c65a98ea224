"""Templates, components and forms that know no model."""
