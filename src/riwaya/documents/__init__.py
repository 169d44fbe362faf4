"""Documents: files, folders, HTML, JSON, PDF, feeds, web archives and addresses to :class:`riwaya.model.Document`."""

from riwaya.documents.read import count_files, is_url, read_documents
from riwaya.documents.source import DocumentOptions, Format, Source

__all__ = ["DocumentOptions", "Format", "Source", "count_files", "is_url", "read_documents"]
