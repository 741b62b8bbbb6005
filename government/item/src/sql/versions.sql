SELECT code, version, file, source, digest FROM item.version ORDER BY code, version
