"""The report in six short steps; what was typed travels with every form and is never lost."""
