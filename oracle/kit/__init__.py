"""What every oracle script shares: versions, data, encoding, gates, files."""
