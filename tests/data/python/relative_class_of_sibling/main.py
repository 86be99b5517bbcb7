from pack.shapes import Square
Square().area()
