from a import go
go()
