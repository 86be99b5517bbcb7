--- The index of the workspace: :RemoraIndex, and what the server tells of the one that it keeps by itself.
local M = {}

local config = require("remora.config")
local host = require("remora.host")
local notice = require("remora.notice")

--- An index in the background is shown when it takes longer than this.
local SHOWN_MS = 500

---@class remora.Indexing
---@field done? integer
---@field total? integer
---@field since number

local news = {} ---@type table<string, remora.Indexing> workspace -> the background's indexing
local asked = {} ---@type table<string, boolean> workspaces about whose size the user was asked
local failed = {} ---@type table<string, string> workspace -> the message that was shown
local own ---@type { id?: string, params: table, done?: integer, total?: integer, early: table[] }?

--- Set by `remora` (init.lua).
M.on_change = function() end

--- Files are read, and then linked: `done` goes on from `total` to twice that.
local function amount(each)
  local done, total = each.done or 0, each.total or 0
  if total == 0 then
    return "indexing"
  elseif done < total then
    return ("indexing %d/%d"):format(done, total)
  end
  return ("linking %d%%"):format(math.floor(100 * (done - total) / total))
end

--- What the statusline tells, such as "indexing 120/3000"; empty when there is nothing to tell.
---@return string
function M.status()
  if own then
    return amount(own)
  end
  for _, each in vim.spairs(news) do
    if vim.uv.now() - each.since >= SHOWN_MS then
      return amount(each)
    end
  end
  return ""
end

--- Whether an index is being made.
---@return boolean
function M.is_running()
  return own ~= nil or next(news) ~= nil
end

--- Whether the user asked for the one that is being made.
---@return boolean
function M.is_asked()
  return own ~= nil
end

local function with_commas(number)
  local text = tostring(number):reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (text:gsub("^,", ""))
end

--- One line for the end of an index.
---@param report table see doc/protocol.md
---@return string
function M.summary(report)
  local edges = 0
  for _, count in pairs(report.edges) do
    edges = edges + count
  end
  local parts = {
    ("%s %s"):format(with_commas(report.files), report.files == 1 and "file" or "files"),
    ("%s nodes"):format(with_commas(report.nodes)),
    ("%s edges"):format(with_commas(edges)),
  }
  for _, kind in ipairs({ "partial", "failed", "skipped" }) do
    if report[kind .. "_count"] > 0 then
      parts[#parts + 1] = ("%s %s"):format(with_commas(report[kind .. "_count"]), kind)
    end
  end
  return ("indexed %s in %.1f s."):format(table.concat(parts, ", "), report.seconds)
end

--- The server will not index so many files before somebody says so.
local function consent(params, message)
  local choices = { "Index them", "Not now" }
  vim.ui.select(choices, { prompt = message, kind = "remora.index" }, function(choice)
    if choice == choices[1] then
      M.run(vim.tbl_extend("force", params, { large = true }))
    end
  end)
end

local function close()
  own = nil
  M.on_change()
end

local ends = {
  done = function(event)
    local report = event.report
    close()
    if report.files == 0 then
      return notice.warn("there is no file of a known language here, so nothing was indexed.")
    end
    notice.info(M.summary(report))
  end,
  failed = function(event)
    local params = own.params
    close()
    if event.code == "too_many_files" then
      return consent(params, event.message)
    end
    notice.error(event.message)
  end,
  cancelled = function()
    close()
    notice.info("the index was stopped; what was read is kept, :RemoraIndex goes on.")
  end,
}

--- Index the workspace now.
---@param params table see doc/protocol.md
function M.run(params)
  if own then
    return notice.warn("an index is being made already; :RemoraStop! stops it.")
  end
  own = { params = params, early = {} }
  local this = own
  M.on_change()
  host.request("index", params, function(err, result)
    if own ~= this then
      return result and host.request("stop", { request = result.request })
    elseif err then
      close()
      return notice.error(err.message)
    end
    own.id = result.request
    vim.iter(this.early):each(M.take)
  end)
end

--- :RemoraIndex
---@param is_rebuilt boolean whether the graph is forgotten first, and every file read again
function M.ask(is_rebuilt)
  M.run(vim.tbl_extend("force", require("remora.graph").workspace(), { rebuild = is_rebuilt or nil }))
end

--- Stop the index that the user asked for.
---@return boolean whether there was one
function M.stop()
  if not own then
    return false
  end
  if own.id then
    host.request("stop", { request = own.id })
  else
    close()
  end
  return true
end

--- An event of the server.
---@param event table see doc/protocol.md
---@return boolean is_ours
function M.take(event)
  if event.kind == "index" then
    M.hear(event)
    return true
  elseif own and not own.id then
    table.insert(own.early, event) -- it may be ours: the reply that names our request is on its way
    return false
  elseif not own or event.request ~= own.id then
    return false
  end
  if ends[event.kind] then
    ends[event.kind](event)
  elseif event.kind == "phase" then
    own.done, own.total = event.done, event.total
    M.on_change()
  end
  return true
end

--- Where the index stands that the server keeps by itself.
---@param event table
function M.hear(event)
  local root = event.root
  if event.state == "indexing" then
    news[root] = news[root] or { since = vim.uv.now() }
    news[root].done, news[root].total = event.done, event.total
  else
    news[root] = nil
  end
  if event.state == "asks" and not asked[root] then
    asked[root] = true
    consent({ root = root }, event.message)
  elseif event.state == "failed" and failed[root] ~= event.message then
    failed[root] = event.message
    notice.warn(event.message)
  elseif event.state == "current" then
    failed[root] = nil
  end
  M.on_change()
end

--- The connection is gone.
function M.abandon()
  news, own = {}, nil
  M.on_change()
end

return M
