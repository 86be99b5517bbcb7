class Row:
    def cells(self):
        return [Cell()]


class Cell:
    def show(self):
        pass


[cell.show() for row in [Row()] for cell in row.cells()]
