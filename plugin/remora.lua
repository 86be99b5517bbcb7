-- Commands and <Plug> maps. Nothing is required before it is used: sourcing this file must stay below 0.5 ms.
if vim.g.loaded_remora then
  return
end
vim.g.loaded_remora = true

local command = vim.api.nvim_create_user_command

--- A command `name` that runs the subcommand `sub` of :Remora.
local function alias(name, sub, opts)
  opts.desc = "remora: " .. sub
  opts.complete = opts.nargs ~= 0
      and function(lead)
        return require("remora.command").complete_argument(sub, lead)
      end
    or nil
  command(name, function(args)
    require("remora.command").run(sub, args)
  end, opts)
end

command("Remora", function(args)
  require("remora.command").dispatch(args)
end, {
  nargs = "*",
  range = true,
  bang = true,
  desc = "remora: list or run a subcommand",
  complete = function(lead, line)
    return require("remora.command").complete(lead, line)
  end,
})
alias("RemoraEdit", "edit", { nargs = "*", range = true, bang = true })
alias("RemoraStop", "stop", { nargs = 0, bang = true })
alias("RemoraApprove", "approve", { nargs = "?", bang = true })
alias("RemoraReject", "reject", { nargs = "?" })
alias("RemoraProposals", "proposals", { nargs = 0 })
alias("RemoraIndex", "index", { nargs = 0, bang = true })
alias("RemoraSummarize", "summarize", { nargs = "?", range = true, bang = true, bar = true })
alias("RemoraOutline", "outline", { nargs = 0, bar = true })
alias("RemoraNode", "node", { nargs = "?" })
alias("RemoraCallers", "callers", { nargs = "*", bang = true, range = 0, addr = "other" })
alias("RemoraCallees", "callees", { nargs = "*", bang = true, range = 0, addr = "other" })
alias("RemoraImpact", "impact", { nargs = "*", bang = true, range = 0, addr = "other" })

local map = vim.api.nvim_set_keymap
local xo = { "x", "o" }

local kinds = {
  f = "function",
  c = "class",
  a = "parameter",
  l = "loop",
  d = "conditional",
  k = "comment",
}
for key, kind in pairs(kinds) do
  for side, part in pairs({ i = "inner", a = "outer" }) do
    local name, capture = ("<Plug>(remora-%s%s)"):format(side, key), kind .. "." .. part
    local desc = ("remora: %s %s"):format(part, kind)
    map("x", name, "", {
      noremap = true,
      desc = desc,
      callback = function()
        require("remora").textobject().visual(capture)
      end,
    })
    map("o", name, "", {
      expr = true,
      replace_keycodes = true,
      noremap = true,
      desc = desc,
      callback = function()
        return require("remora").textobject().operator(capture)
      end,
    })
  end
end

local function plug(mode, name, rhs, desc)
  map(mode, ("<Plug>(remora-%s)"):format(name), rhs, { noremap = true, silent = true, desc = "remora: " .. desc })
end
plug("n", "edit", "<Cmd>RemoraEdit<CR>", "describe a change of the node under the cursor")
plug("x", "edit", ":RemoraEdit<CR>", "describe a change of the selection")
plug("n", "approve", "<Cmd>RemoraApprove<CR>", "apply the proposal")
plug("n", "reject", "<Cmd>RemoraReject<CR>", "drop the proposal")
plug("n", "next-hunk", "<Cmd>lua require('remora.decide').move(vim.v.count1)<CR>", "go to the next hunk")
plug("n", "prev-hunk", "<Cmd>lua require('remora.decide').move(-vim.v.count1)<CR>", "go to the previous hunk")
plug("n", "run-decision", "g@l", "run a decision, so that . repeats it")
for name, decision in pairs({ accept = "accepted", dismiss = "dismissed" }) do
  map("n", ("<Plug>(remora-%s-hunk)"):format(name), "", {
    expr = true,
    replace_keycodes = true,
    desc = ("remora: %s the hunk under the cursor"):format(name),
    callback = function()
      return require("remora.decide").decide(decision) or ""
    end,
  })
end
for _, mode in ipairs(xo) do
  map(mode, "<Plug>(remora-select-hunk)", "", {
    expr = true,
    replace_keycodes = true,
    desc = "remora: select the hunk under the cursor",
    callback = function()
      return require("remora.decide").select_keys() or "<Esc>"
    end,
  })
end

local settings = vim.g.remora
if type(settings) == "table" and settings.default_keys == true then
  for _, keys in ipairs({ "if", "af", "ic", "ac" }) do
    for _, mode in ipairs(xo) do
      map(mode, keys, ("<Plug>(remora-%s)"):format(keys), {})
    end
  end
end
