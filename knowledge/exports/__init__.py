"""Takes content out as the folder that `import_content` brings in."""

from knowledge.exports.folders import ContentExport, export_archive, export_content

__all__ = ["ContentExport", "export_archive", "export_content"]
