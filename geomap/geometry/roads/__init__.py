"""The road network: ways along it, the names of its roads, and where they cross borders."""
