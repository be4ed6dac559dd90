"""The pages of residents: report, track, follow, answer, account; all work without scripts."""
