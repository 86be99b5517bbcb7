from a import original as first

work = first
