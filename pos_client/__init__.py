"""The counter program of designated hospitals and pharmacies in Chinese basic medical insurance."""
