"""Names of agencies as datelines and credits print them most."""

WIRES = ["AFP", "AP", "ANI", "ANSA", "Bloomberg", "dpa", "EFE", "IANS", "PTI", "Reuters", "UPI", "Xinhua"]
