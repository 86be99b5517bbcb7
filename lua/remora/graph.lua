--- Questions to the code graph: what a node is, who calls it, what it calls, what a change of it reaches.
--- Answers come later, when the server's index is in line with the files; nothing waits for them.
local M = {}

local config = require("remora.config")
local host = require("remora.host")
local notice = require("remora.notice")
local refs = require("remora.ui.refs")

local WAITING_MS = 700

--- The workspace that a question without a place is about.
---@return table params
function M.workspace()
  local name = vim.api.nvim_buf_get_name(0)
  local path = name ~= "" and vim.bo.buftype == "" and not name:find("^%a[%w+.-]*://") and name or vim.fn.getcwd()
  return { root = config.get().root, path = path }
end

--- What the user asks about: the key, or else the place of the cursor.
local function about(key)
  if key ~= "" then
    return vim.tbl_extend("force", M.workspace(), { key = key })
  end
  local place, message = require("remora.selection").place(vim.api.nvim_get_current_win())
  if not place then
    return nil, message
  end
  return {
    root = config.get().root,
    path = place.path,
    pos = place.pos,
    text = place.text,
    changedtick = place.changedtick,
  }
end

--- Ask which of several nodes a name means; a single one is taken.
local function choose(err, run)
  if #err.data.candidates == 1 then
    local key = err.data.candidates[1]
    notice.info(("this is the only one that is like it: %s"):format(key))
    return run(key)
  end
  vim.ui.select(err.data.candidates, { prompt = "Which one?", kind = "remora.node" }, function(key)
    if key then
      run(key)
    end
  end)
end

--- Ask, and call `run` with the answer. `is_here` tells it whether the user still is where the question was asked.
---@param method string
---@param key string "" for the cursor
---@param extra table
---@param run fun(answer: table, is_here: boolean)
local function ask(method, key, extra, run)
  local params, message = about(key)
  if not params then
    return notice.error(message)
  end
  local win, buf = vim.api.nvim_get_current_win(), vim.api.nvim_get_current_buf()
  local answered = false
  vim.defer_fn(function()
    if not answered and require("remora.index").is_running() then
      notice.info("the workspace is being indexed; the answer follows.")
    end
  end, WAITING_MS)
  require("remora.overlay").flush()
  host.request(method, vim.tbl_extend("force", params, extra), function(err, answer)
    answered = true
    if err and err.data and #(err.data.candidates or {}) > 0 then
      return choose(err, function(chosen)
        ask(method, chosen, extra, run)
      end)
    elseif err then
      return notice.error(err.message)
    end
    local same = vim.api.nvim_get_current_win() == win and vim.api.nvim_get_current_buf() == buf
    run(answer, same and vim.fn.mode() == "n")
  end)
end

--- Find the node that `key` names.
---@param key string
---@param run fun(node: table)
function M.find(key, run)
  ask("node", key, {}, run)
end

--- Show the node under the cursor, or the one that `key` names, in a float.
---@param key string
function M.node(key)
  ask("node", key, {}, function(node, is_here)
    if is_here then
      require("remora.ui.node").show(node)
    else
      notice.info(("%s was found; :RemoraNode %s shows it."):format(refs.name(node), node.key))
    end
  end)
end

local WORDS = {
  callers = { title = "Callers of %s", none = "nothing is known to call %s." },
  callees = { title = "Callees of %s", none = "%s is not known to call anything." },
  impact = { title = "Impact of %s", none = "nothing is known to depend on %s." },
}

--- List callers, callees or impact of the node under the cursor, or of the one that `key` names.
---@param method "callers"|"callees"|"impact"
---@param key string
---@param depth integer? calls to follow; nil: one, and for impact all
---@param is_chosen boolean through |vim.ui.select()| instead of the quickfix list
---@param is_certain boolean? only what no edge marked heuristic is needed for
function M.list(method, key, depth, is_chosen, is_certain)
  ask(method, key, { depth = depth, certain = is_certain or nil }, function(answer, is_here)
    local name, words = refs.name(answer.node), WORDS[method]
    if #answer.neighbours == 0 then
      return notice.info(words.none:format(name))
    end
    local title = words.title:format(name) .. (is_certain and ", certain" or "")
    if answer.total > #answer.neighbours then
      title = ("%s (%d of %d)"):format(title, #answer.neighbours, answer.total)
    end
    local lists = require("remora.ui.neighbours")
    local list = { title = title, method = method, root = answer.root, refs = answer.neighbours }
    if is_chosen then
      lists.select(list)
    else
      lists.quickfix(list, is_here)
    end
  end)
end

local found = {} ---@type table<string, string[]> what was typed -> keys
local LIMIT = 50

--- Keys that fit what is typed, by name: those that are known. Unknown ones are asked for, and the menu opens when
--- they come and the command line is still the same.
---@param lead string
---@return string[]
function M.complete(lead)
  local known = found[lead]
  local name = lead:match("([^:]*)$")
  if known or name == "" then
    return known or {}
  end
  local line = vim.fn.getcmdline()
  host.request("search", vim.tbl_extend("force", M.workspace(), { name = name, limit = LIMIT }), function(err, answer)
    if err then
      return
    end
    local path = lead:match("^(.*)::")
    local keys = {}
    for _, ref in ipairs(answer.nodes) do
      local file, qualname = require("remora.placing").parts(ref.key)
      if ref.path ~= "" and (not path or path == file) then
        keys[#keys + 1] = ("%s::%s"):format(file, qualname)
      end
    end
    found[lead] = keys
    vim.defer_fn(function()
      found[lead] = nil -- the code changes
    end, 5000)
    if #keys > 0 and vim.fn.mode() == "c" and vim.fn.getcmdline() == line then
      vim.api.nvim_feedkeys(vim.keycode(vim.o.wildchar == 9 and "<Tab>" or vim.fn.nr2char(vim.o.wildchar)), "t", false)
    end
  end)
  return {}
end

return M
