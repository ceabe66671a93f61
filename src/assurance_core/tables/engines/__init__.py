"""Engines that read and write large tables while the batches between are rated."""
