"""Exports: reports to JSON, CSV, a table, a page and other forms. They take iterables, never a store."""

from riwaya.export.registry import Export, ExportOptions, Item, export_by_name, export_by_path, export_formats

__all__ = ["Export", "ExportOptions", "Item", "export_by_name", "export_by_path", "export_formats"]
