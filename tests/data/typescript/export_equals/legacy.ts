function legacy() {}
export = legacy;
