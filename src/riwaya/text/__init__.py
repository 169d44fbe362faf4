"""Text as received and as read: folding, words, sentences, quotations."""
