--- Requests that have lines made: their progress for the statusline, and their ends. What they made is read by
--- `remora.lines`, a few times a second while it grows.
local M = {}

local host = require("remora.host")
local notice = require("remora.notice")

local BETWEEN_MS = 200
local SPENT = "the model was asked %d times, as often as for one request; :RemoraSummarize off and on again goes on."

---@class remora.Summarizing
---@field buf? integer the buffer whose lines are read again; nil for none
---@field id? string the server's; nil until it answered
---@field done? integer
---@field total? integer
---@field rows integer lines made so far
---@field read_at number when they were read
---@field on_rows fun() lines came
---@field on_end fun(is_whole: boolean) it ended; whether nothing hindered it

local running = {} ---@type remora.Summarizing[]
local early = {} ---@type table<string, table[]> events that came before the reply which names their request

--- Set by `remora` (init.lua).
M.on_change = function() end

--- What the statusline tells, such as "summarizing 12/40"; empty when there is nothing to tell.
---@return string
function M.status()
  local run = running[1]
  if not run then
    return ""
  end
  local done, total = 0, 0
  for _, each in ipairs(running) do
    done, total = done + (each.done or 0), total + (each.total or 0)
  end
  return run.phase == "indexing" and "indexing"
    or total > 0 and ("summarizing %d/%d"):format(done, total)
    or "summarizing"
end

local function close(run, is_whole)
  running = vim.tbl_filter(function(each)
    return each ~= run
  end, running)
  run.is_over = true
  M.on_change()
  run.on_end(is_whole)
end

local function is_awaiting()
  return vim.iter(running):any(function(run)
    return not run.id
  end)
end

--- Read what came, but not more often than BETWEEN_MS.
local function read(run)
  if run.is_waiting then
    return
  end
  run.is_waiting = true
  vim.defer_fn(function()
    run.is_waiting = false
    if not run.is_over then
      run.read_at = vim.uv.now()
      run.on_rows()
    end
  end, math.max(run.read_at + BETWEEN_MS - vim.uv.now(), 0))
end

local ends = {
  done = function(run, event)
    local report = event.report or {}
    close(run, not report.engine_error and not report.budget_spent)
    if report.engine_error then
      notice.warn("lines are by rules only: " .. report.engine_error)
    elseif report.budget_spent then
      notice.warn(SPENT:format(report.llm.used))
    end
  end,
  failed = function(run, event)
    close(run, false)
    notice.warn(event.message)
  end,
  cancelled = function(run)
    close(run, false)
  end,
}

--- An event of the server.
---@param event table see doc/protocol.md
---@return boolean is_ours
function M.take(event)
  local run = vim.iter(running):find(function(each)
    return each.id == event.request
  end)
  if not run then
    if is_awaiting() then
      early[event.request] = early[event.request] or {}
      table.insert(early[event.request], event) -- the reply that names our request may be on its way
    end
    return false
  end
  if ends[event.kind] then
    ends[event.kind](run, event)
  elseif event.kind == "phase" then
    run.phase, run.done, run.total = event.phase, event.done, event.total
    M.on_change()
    if (event.rows or 0) > run.rows then
      run.rows = event.rows
      read(run)
    end
  end
  return true
end

--- Have lines made.
---@param params table for `summarize`
---@param run { buf?: integer, on_rows: fun(), on_end: fun(is_whole: boolean) }
function M.start(params, run)
  run = vim.tbl_extend("force", run, { rows = 0, read_at = vim.uv.now() - BETWEEN_MS })
  running[#running + 1] = run
  M.on_change()
  require("remora.overlay").flush()
  host.request("summarize", params, function(err, result)
    if run.is_over then
      return result and host.request("stop", { request = result.request })
    elseif err then
      close(run, false)
      return notice.warn(err.message)
    end
    run.id = result.request
    local waiting = early[run.id] or {}
    if not is_awaiting() then
      early = {}
    end
    vim.iter(waiting):each(M.take)
  end)
end

--- The request for `buf`, when one runs.
---@param buf integer
---@return remora.Summarizing?
function M.of(buf)
  return vim.iter(running):find(function(run)
    return run.buf == buf
  end)
end

local function stop(run)
  if run.id then
    host.request("stop", { request = run.id })
  end
  close(run, false)
end

--- Stop what runs for `buf`, or all; what was made is kept.
---@param buf? integer
---@return boolean whether there was something
function M.stop(buf)
  local chosen = vim.tbl_filter(function(run)
    return not buf or run.buf == buf
  end, running)
  vim.iter(chosen):each(stop)
  return #chosen > 0
end

--- The connection is gone.
function M.abandon()
  for _, run in ipairs(running) do
    run.is_over = true
    run.on_end(false)
  end
  running, early = {}, {}
  M.on_change()
end

return M
