"""What the reader knows: lexicons as data, and their lookup."""
