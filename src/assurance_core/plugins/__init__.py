"""Plugins: what a regulator's distribution gives, and the registry that holds it."""

from assurance_core.plugins.hookspecs import document_folder, hookimpl
from assurance_core.plugins.loader import load_plugins
from assurance_core.plugins.registry import Registry

__all__ = ["Registry", "document_folder", "hookimpl", "load_plugins"]
