import pack.api
pack.api.load()
