from pack.__main__ import main
main()
