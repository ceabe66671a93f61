"""What is handed out, and the proof that it works: make dist."""
