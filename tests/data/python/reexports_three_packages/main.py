from a import thing
thing()
