def make_account(balance):
    def deposit(n):
        nonlocal balance
        balance += n
        return report()

    def withdraw(n):
        return deposit(-n)

    def report():
        return balance

    return {"deposit": deposit, "withdraw": withdraw}


account = make_account(1)
account["withdraw"](1)
