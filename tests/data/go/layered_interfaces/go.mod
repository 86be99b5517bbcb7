module corp.dev/pay
