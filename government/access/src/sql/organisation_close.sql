UPDATE access.organisation SET open = false WHERE open AND code <> ALL ($1)
