"""Compile a design once; rate one profile or ten million; explain; keep receipts."""
