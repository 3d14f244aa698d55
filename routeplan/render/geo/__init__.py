"""Maps of a plan or a network as files other programs draw: KML, GPX, GeoPackage."""
