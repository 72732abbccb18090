"""What falls due: clients who do not answer, promises of ours, and who hears of it in which tone. Pure."""
