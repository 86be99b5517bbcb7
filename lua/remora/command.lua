--- :Remora and its subcommands.
local M = {}

local remora = require("remora")

---@class remora.Subcommand
---@field help string
---@field run fun(args: table)
---@field complete? fun(): string[]
---@field search? boolean whether its argument names a node, which the server looks for
---@field flag? string a word that may stand before the argument

local function range_of(args)
  return args.range > 0 and { args.line1, args.line2 } or nil
end

local function review_named(args, run)
  local id = vim.trim(args.args)
  local review = remora.review()
  if id ~= "" then
    local known = review.find(id)
    return run(id, known and known.root)
  end
  local current = review.current()
  if not current then
    return require("remora.notice").error("no proposal is under review here; :RemoraProposals lists the open ones.")
  end
  run(current.id, current.root)
end

local function review_ids()
  return vim.tbl_map(function(review)
    return review.id
  end, remora.review().list())
end

--- A subcommand that lists neighbours of a node; a count is the depth.
local function list(method, help)
  return {
    help = help,
    run = function(args)
      local depth = args.range > 0 and args.count > 0 and args.count or nil
      local words = vim.trim(args.args)
      local key = (words .. " "):match("^%+%+certain%s+(.*)$")
      require("remora.graph").list(method, vim.trim(key or words), depth, args.bang, key ~= nil)
    end,
    search = true,
    flag = "++certain",
  }
end

---@type table<string, remora.Subcommand>
M.subcommands = {
  edit = {
    help = "[words] change the selection or node; ! refines",
    run = function(args)
      local edit = require("remora.edit")
      if args.bang then
        edit.refine(args.args)
      else
        edit.ask(args.args, range_of(args))
      end
    end,
  },
  stop = {
    help = "stop the request under the cursor; ! stops all",
    run = function(args)
      local requests = require("remora.requests")
      if args.bang then
        remora.index().stop()
        remora.summarizing().stop()
        return requests.stop_all()
      end
      local buf = vim.api.nvim_get_current_buf()
      local request = requests.at(buf, vim.api.nvim_win_get_cursor(0)[1] - 1)
      if request then
        requests.stop(request)
      elseif #requests.list() > 0 or not (remora.summarizing().stop(buf) or remora.index().stop()) then
        require("remora.notice").warn("no request runs here; :RemoraStop! stops all.")
      end
    end,
  },
  approve = {
    help = "[id] apply the proposal; ! although it adds errors",
    complete = review_ids,
    run = function(args)
      review_named(args, function(id, root)
        remora.review().approve(id, root, args.bang)
      end)
    end,
  },
  reject = {
    help = "[id] drop the proposal",
    complete = review_ids,
    run = function(args)
      review_named(args, remora.review().reject)
    end,
  },
  proposals = {
    help = "choose an open proposal to review",
    run = function()
      require("remora.ui.picker").proposals()
    end,
  },
  index = {
    help = "bring the code graph up to date; ! from nothing",
    run = function(args)
      remora.index().ask(args.bang)
    end,
  },
  node = {
    help = "[key] what the node is; who calls it; its tests",
    run = function(args)
      require("remora.graph").node(vim.trim(args.args))
    end,
    search = true,
  },
  callers = list("callers", "[++certain] [key] list who calls it; ! chooses"),
  callees = list("callees", "[++certain] [key] list what it calls; ! chooses"),
  impact = list("impact", "[++certain] [key] list what needs it; ! chooses"),
  summarize = {
    help = "[off|key] a line for each node; again: off; ! anew",
    run = function(args)
      remora.summarizing()
      require("remora.summary").run(vim.trim(args.args), range_of(args), args.bang)
    end,
    search = true,
    flag = "off",
  },
  outline = {
    help = "the buffer's nodes and their lines, at the side",
    run = function()
      require("remora.outline").toggle()
    end,
  },
  status = {
    help = "what runs, with which engine and model",
    run = function()
      require("remora.ui.picker").status()
    end,
  },
  log = {
    help = "open the log",
    run = function()
      require("remora.ui.picker").log()
    end,
  },
  demo = {
    help = "show it all on a sample file, without a model",
    run = function()
      require("remora.demo").run()
    end,
  },
  setup = {
    help = "run scripts/setup in a terminal",
    run = function()
      require("remora.ui.setup").run()
    end,
  },
  health = {
    help = "check the installation (:checkhealth remora)",
    run = function()
      vim.cmd.checkhealth("remora")
    end,
  },
}

local function names()
  local list = vim.tbl_keys(M.subcommands)
  table.sort(list)
  return list
end

local function starting_with(lead, list)
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, list)
end

--- Show the subcommands.
function M.list()
  local lines = {}
  for _, name in ipairs(names()) do
    lines[#lines + 1] = (" :Remora %-10s %s "):format(name, M.subcommands[name].help)
  end
  require("remora.ui.float").show(lines, "Remora")
end

--- Run a subcommand with the arguments of a user command.
---@param name string
---@param args table
function M.run(name, args)
  remora.wire()
  require("remora.notice").reset()
  M.subcommands[name].run(args)
end

--- :Remora [name [words]]
---@param args table
function M.dispatch(args)
  local name, words = args.args:match("^(%S*)%s*(.*)$")
  if name == "" then
    return M.list()
  end
  if not M.subcommands[name] then
    local message = ("there is no :Remora %s; the subcommands are %s."):format(name, table.concat(names(), ", "))
    return require("remora.notice").error(message)
  end
  M.run(name, vim.tbl_extend("force", args, { args = words }))
end

--- Completion of a subcommand's argument.
---@param name string
---@param lead string
---@return string[]
function M.complete_argument(name, lead)
  local complete = M.subcommands[name].complete
  if M.subcommands[name].flag and lead ~= "" and vim.startswith(M.subcommands[name].flag, lead) then
    return { M.subcommands[name].flag }
  elseif M.subcommands[name].search then
    remora.wire()
    return require("remora.graph").complete(lead)
  end
  return complete and starting_with(lead, complete()) or {}
end

--- Completion of :Remora.
---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  local name = line:match("Remora!?%s+(%S+)%s")
  if not name then
    return starting_with(lead, names())
  end
  return M.subcommands[name] and M.complete_argument(name, lead) or {}
end

return M
