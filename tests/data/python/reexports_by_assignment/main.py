import pack
pack.public()
