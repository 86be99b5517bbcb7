--- :Remora demo: the whole way on a sample file of its own, with a prepared answer, so that no model is needed.
local M = {}

local SAMPLE = [[
"""A shopping cart."""


class Cart:
    def __init__(self) -> None:
        self.prices: list[float] = []

    def add(self, price: float) -> None:
        self.prices.append(price)

    def total(self) -> float:
        sum = 0.0
        for price in self.prices:
            sum = sum + price
        return sum
]]

local REQUEST = "round to cents, and use a comprehension"

local ANSWER = [[
```python
    def total(self) -> float:
        """The sum of all prices, rounded to cents."""
        return round(sum(price for price in self.prices), 2)
```
]]

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

--- Open a fresh copy of the sample in a new tab and ask for a change of it.
function M.run()
  local folder = vim.fs.joinpath(vim.fn.stdpath("cache"), "remora", "demo")
  vim.fn.mkdir(folder, "p")
  local sample, script = vim.fs.joinpath(folder, "cart.py"), vim.fs.joinpath(folder, "answers.json")
  local open = vim.fn.bufnr("^" .. sample .. "$")
  if open ~= -1 then
    vim.api.nvim_buf_delete(open, { force = true })
  end
  write(sample, SAMPLE)
  -- The folder is its own workspace: a project around it is not touched.
  write(vim.fs.joinpath(folder, "pyproject.toml"), '[project]\nname = "remora-demo"\nversion = "0"\n')
  write(script, vim.json.encode({ answers = { ANSWER }, tokens_per_second = 40 }))
  vim.cmd.tabedit(vim.fn.fnameescape(sample))
  vim.fn.search("def total")
  require("remora.edit").ask(REQUEST, nil, { engine = "scripted:" .. script, root = folder })
end

return M
