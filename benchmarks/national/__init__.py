"""A made-up nation of districts, measured by Ordito and by others, to the last edge."""
