"""The bank again, written with tuples and dictionaries."""

LIMIT = 2**63 - 1


def money(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


class Refused(Exception):
    pass


class Overflow(Exception):
    pass


class Bank:
    def __init__(self):
        self.accounts = {}
        self.journal = []
        self.refused = 0

    def open(self, owner):
        number = 100 + len(self.accounts)
        self.accounts[number] = {"owner": owner, "cents": 0, "frozen": False}
        return number

    def usable(self, number, cents):
        if cents <= 0:
            raise Refused("bad amount " + money(cents))
        if number not in self.accounts:
            raise Refused(f"no account {number}")
        account = self.accounts[number]
        if account["frozen"]:
            raise Refused(f"the account of {account['owner']} is frozen")
        return account

    def deposit(self, number, cents):
        account = self.usable(number, cents)
        if account["cents"] + cents > LIMIT:
            raise Overflow
        account["cents"] += cents
        self.journal.append(("Deposit", number, cents))
        return account["cents"]

    def take(self, account, cents):
        if account["cents"] < cents:
            raise Refused(f"only {money(account['cents'])} of {money(cents)}")
        account["cents"] -= cents

    def withdraw(self, number, cents):
        account = self.usable(number, cents)
        self.take(account, cents)
        self.journal.append(("Withdrawal", number, cents))
        return account["cents"]

    def transfer(self, source, target, cents):
        if source == target:
            raise Refused("source and target are the same")
        receiver = self.usable(target, cents)
        giver = self.usable(source, cents)
        self.take(giver, cents)
        receiver["cents"] += cents
        self.journal.append(("Transfer", source, target, cents))
        return giver["cents"]

    def add_interest(self, rate):
        for number, account in self.accounts.items():
            gain = (account["cents"] * rate + 5000) // 10000
            if gain > 0 and not account["frozen"]:
                account["cents"] += gain
                self.journal.append(("Interest", number, gain))


def report(bank, what, operation, *arguments):
    try:
        print(f"{what}: balance {money(operation(*arguments))}")
    except Refused as why:
        bank.refused += 1
        print(f"{what}: refused, {why}")


def replay(journal, number):
    cents = 0
    for kind, *rest in journal:
        if kind == "Transfer":
            source, target, amount = rest
            cents += amount * ((target == number) - (source == number))
        elif rest[0] == number:
            cents += -rest[1] if kind == "Withdrawal" else rest[1]
    return cents


def entry(item):
    return f"Entry.{item[0]}({', '.join(map(str, item[1:]))})"


bank = Bank()
ada, bob, eve = (bank.open(name) for name in ("Ada", "Bob", "Eve"))
report(bank, "Ada pays in", bank.deposit, ada, 250000)
report(bank, "Bob pays in", bank.deposit, bob, 9905)
report(bank, "Eve pays in", bank.deposit, eve, 0)
report(bank, "Bob takes out", bank.withdraw, bob, 10000)
report(bank, "Bob takes out", bank.withdraw, bob, 9900)
report(bank, "Ada to Eve", bank.transfer, ada, eve, 100001)
report(bank, "Ada to Ada", bank.transfer, ada, ada, 1)
report(bank, "Ada to 999", bank.transfer, ada, 999, 1)
bank.accounts[eve]["frozen"] = True
report(bank, "Eve takes out", bank.withdraw, eve, 1)
report(bank, "Bob to Eve", bank.transfer, bob, eve, 5)

bank.add_interest(275)
for number, account in bank.accounts.items():
    print(number, account["owner"], money(account["cents"]), "frozen" if account["frozen"] else "open")

seed = 2024
for _ in range(20000):
    seed = (seed * 1103515245 + 12345) % 2**32
    number = 100 + seed // 65536 % 2
    amount = seed // 1024 % 90 + 1
    try:
        (bank.deposit if seed // 4096 % 3 == 0 else bank.withdraw)(number, amount)
    except Refused:
        bank.refused += 1

total = sum(account["cents"] for account in bank.accounts.values())
print("refused:", bank.refused, "journal:", len(bank.journal), "total:", money(total))
for number, account in bank.accounts.items():
    agrees = replay(bank.journal, number) == account["cents"]
    print(account["owner"], money(account["cents"]), "agrees" if agrees else "DIFFERS")
print(entry(bank.journal[0]), entry(bank.journal[3]), entry(bank.journal[-1]))
try:
    bank.deposit(ada, LIMIT)
except Overflow:
    print("Error: Integer overflow")
print("negative:", money(-1205), money(-7))
