"""Pages that combine the modules: home, desk, public notices."""
