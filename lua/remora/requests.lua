--- Open requests: where each one is, what it says, how it ends. Events wait in a queue that is drawn about 30 times a second.
local M = {}

local config = require("remora.config")
local notice = require("remora.notice")
local stream = require("remora.ui.stream")

---@class remora.Request
---@field id? string the server's id; nil until it answered
---@field buf integer
---@field params table sent again after a model was downloaded
---@field view table what is drawn: anchor, phase, done, total, note, text
---@field seq integer of the last event that was applied
---@field changedtick integer of the buffer when the request was made
---@field name? string of the node, such as "Cart.total"; nil until the server found it
---@field among? boolean whether another one was open at the same time
---@field open boolean
---@field stop? fun() what ends it at the server, when that is not the request by its id
---@field shown boolean false when its buffer is gone: the answer is still kept by the server

local open = {} ---@type remora.Request[]
local by_id = {} ---@type table<string, remora.Request[]>
local early = {} ---@type table<string, table[]> events that came before the reply which names their request
local queue = {} ---@type table[]
local timer

--- Set by `remora` (init.lua).
M.send = nil ---@type fun(method: string, params: table, callback?: fun(err: remora.Error?, result: any))
M.on_done = nil ---@type fun(request: remora.Request, proposal: string|table)
M.on_no_model = nil ---@type fun(request: remora.Request, err: remora.Error)
M.on_change = nil ---@type fun(open: remora.Request[])

local function draw(request)
  if request.open and request.shown and vim.api.nvim_buf_is_valid(request.buf) then
    stream.draw(request.buf, request.view, config.get())
  end
end

local group = vim.api.nvim_create_augroup("remora.requests", {})
local moved, drawn_at = false, 0
local keep_ticking

--- What can move a row out of sight, or another row into the place of the preview.
local FOLLOWED =
  { "CursorMoved", "CursorMovedI", "WinScrolled", "WinResized", "VimResized", "WinEnter", "BufEnter", "TabEnter" }

--- While a request is open its preview stays in sight, wherever the window goes.
local function follow()
  if #vim.api.nvim_get_autocmds({ group = group, event = "WinScrolled" }) > 0 then
    return
  end
  vim.api.nvim_create_autocmd(FOLLOWED, {
    group = group,
    callback = function()
      -- A drawing may itself set off one of these events, so the next one waits for its frame.
      if vim.uv.now() - drawn_at >= config.get().frame_ms then
        drawn_at = vim.uv.now()
        vim.iter(open):each(draw)
      else
        moved = true
        keep_ticking()
      end
    end,
  })
end

local function close(request)
  request.open = false
  local sharing = vim.tbl_filter(function(other)
    return other ~= request
  end, by_id[request.id] or {})
  if request.id then
    by_id[request.id] = sharing[1] and sharing or nil
  end
  open = vim.tbl_filter(function(other)
    return other ~= request
  end, open)
  stream.clear(request.buf, request.view)
  if #open == 0 then
    vim.api.nvim_clear_autocmds({ group = group, event = FOLLOWED })
  end
  M.on_change(open)
end

--- Errors of the connection: they end every request for one reason and are said once.
local COMMON = { host_exit = true, lost = true, no_python = true, pull = true }

--- When several requests were open at a time a message names the one it is about.
local function naming(request, err)
  local name = request.name
  if not request.among or COMMON[err.code] or not name or err.message:find(name, 1, true) then
    return err.message
  end
  return ("%s: %s"):format(name, err.message)
end

--- End a request that failed. A missing model is a question, not a failure.
---@param request remora.Request
---@param err remora.Error
function M.fail(request, err)
  if not request.open then
    return
  end
  if err.code == "no_model" and request.shown then
    return M.on_no_model(request, err)
  end
  local message = naming(request, err)
  close(request)
  if err.code == "stale" then
    notice.warn(message)
  else
    notice.error(message)
  end
end

local function place(request, event)
  local span = event.span
  local same = vim.api.nvim_buf_is_valid(request.buf)
    and vim.api.nvim_buf_get_changedtick(request.buf) == request.changedtick
  if span and same then
    local last = span[4] == 0 and span[3] > span[1] and span[3] - 1 or span[3]
    request.view.anchor = stream.anchor(request.buf, span[1], last, request.view.anchor)
  end
end

local function catch_up(request)
  M.send("resume", { request = request.id, seq = request.seq }, function(err, result)
    if err then
      M.fail(request, err)
    else
      vim.iter(result.events):each(M.on_event)
    end
  end)
end

local terminal = {
  done = function(request, event)
    close(request)
    M.on_done(request, event.proposal)
  end,
  failed = function(request, event)
    M.fail(request, event)
  end,
  cancelled = close,
}

local function apply(request, event)
  -- A request that is sent again, after a download, has another id or none.
  if not request.open or request.id ~= event.request or event.seq <= request.seq then
    return
  end
  local view = request.view
  if event.kind == "text" and event.offset > #view.text then
    return catch_up(request)
  end
  request.seq = event.seq
  if event.kind == "phase" then
    view.phase, view.done, view.total, view.note = event.phase, event.done, event.total, event.note
    if event.phase == "retrying" then
      view.text = ""
    end
    -- A key such as "src/cart.py-cart-Cart.total": the name is what follows the module's.
    request.name = event.node and event.node:match("([^-]+)$") or request.name
    place(request, event)
  elseif event.kind == "text" then
    view.text = view.text:sub(1, event.offset) .. event.text
  elseif request.take then
    request.take(event)
  else
    terminal[event.kind](request, event)
  end
end

local function flush()
  local events = queue
  queue = {}
  for i, event in ipairs(events) do
    event.arrival = i
  end
  table.sort(events, function(a, b)
    return a.seq < b.seq or (a.seq == b.seq and a.arrival < b.arrival)
  end)
  local touched = {}
  for _, event in ipairs(events) do
    for _, request in ipairs(by_id[event.request] or {}) do
      apply(request, event)
      touched[request] = true
    end
  end
  if moved then
    moved, drawn_at = false, vim.uv.now()
    vim.iter(open):each(draw)
  else
    for request in pairs(touched) do
      draw(request)
    end
  end
  if next(touched) then
    M.on_change(open)
  end
  if #queue == 0 and #events == 0 and timer then
    timer:stop()
    timer:close()
    timer = nil
  end
end

function keep_ticking()
  if not timer then
    local frame = config.get().frame_ms
    timer = vim.uv.new_timer()
    timer:start(frame, frame, vim.schedule_wrap(flush))
  end
end

local ENDS = { done = true, failed = true, cancelled = true }

--- News from the server. Text waits for the next frame; the first news and the last are drawn at once.
---@param event table see doc/protocol.md
function M.on_event(event)
  if not by_id[event.request] then
    if M.is_awaiting() then
      early[event.request] = early[event.request] or {}
      table.insert(early[event.request], event)
    end
    return
  end
  queue[#queue + 1] = event
  if ENDS[event.kind] then
    flush()
  elseif not timer then
    keep_ticking()
    flush()
  end
end

--- Whether a request waits for its id.
---@return boolean
function M.is_awaiting()
  return vim.iter(open):any(function(request)
    return not request.id
  end)
end

--- Let events named `id` reach `requests`.
---@param id string
---@param requests remora.Request[]
function M.bind(id, requests)
  by_id[id] = requests
  for _, request in ipairs(requests) do
    request.id, request.seq = id, 0
  end
  local waiting = early[id] or {}
  if not M.is_awaiting() then
    early = {}
  end
  vim.iter(waiting):each(M.on_event)
end

--- Send a request, or send it again.
---@param request remora.Request
function M.submit(request)
  request.id, request.seq, request.take = nil, 0, nil
  request.view.phase, request.view.done, request.view.total, request.view.note = "starting", nil, nil, nil
  draw(request)
  M.on_change(open)
  M.send("edit", request.params, function(err, result)
    if err then
      return M.fail(request, err)
    end
    if request.open then
      M.bind(result.request, { request })
    elseif request.shown then
      M.send("stop", { request = result.request })
    end
  end)
end

--- Open a request about a selection; its status is drawn before this returns.
---@param selection remora.Selection
---@param params table for `edit`
---@return remora.Request
function M.start(selection, params)
  notice.reset()
  local buf = selection.buf
  local span = selection.span or { selection.pos[1], 0, selection.pos[1], 0 }
  local request = {
    buf = buf,
    params = params,
    changedtick = selection.changedtick,
    seq = 0,
    open = true,
    shown = true,
    view = { phase = "starting", text = "", anchor = stream.anchor(buf, span[1], span[3]) },
  }
  open[#open + 1] = request
  for _, each in ipairs(#open > 1 and open or {}) do
    each.among = true
  end
  follow()
  vim.api.nvim_create_autocmd("BufWipeout", {
    buffer = buf,
    once = true,
    callback = function()
      request.shown = false
    end,
  })
  M.submit(request)
  return request
end

--- Stop a request: gone from the screen at once, ended by the server soon after.
---@param request remora.Request
function M.stop(request)
  local id, stop = request.id, request.stop
  close(request)
  if stop then
    stop()
  elseif id then
    M.send("stop", { request = id })
  end
end

--- Stop every request.
---@return integer count
function M.stop_all()
  local requests = open
  vim.iter(requests):each(M.stop)
  return #requests
end

--- The request whose node holds `row`, else the only one of the buffer, else the only one.
---@param buf integer
---@param row integer
---@return remora.Request?
function M.at(buf, row)
  local here = vim.tbl_filter(function(request)
    return request.buf == buf
  end, open)
  for _, request in ipairs(here) do
    local first, last = stream.rows(buf, request.view.anchor)
    if first <= row and row <= last then
      return request
    end
  end
  return #here == 1 and here[1] or (#open == 1 and open[1]) or nil
end

--- The connection is gone: no open request can end any more.
function M.abandon()
  vim.iter(open):each(close) -- close() replaces the list, so this one stays whole
end

---@return remora.Request[]
function M.list()
  return open
end

return M
