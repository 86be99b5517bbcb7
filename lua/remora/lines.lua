--- What the server says of each buffer's nodes, one line each, and where those nodes are while the text changes.
--- A node that was touched is marked at once, and asked about again after a pause. The buffer is never changed.
local M = {}

local config = require("remora.config")
local host = require("remora.host")
local selection = require("remora.selection")

local MOST_BYTES = 2e6
local THRESHOLD = 0.75 -- the server's own, unless it says another
local namespace = vim.api.nvim_create_namespace("remora.lines")

---@class remora.Line a node and what is said of it; rows are those of the text that was asked about
---@field key string
---@field kind string
---@field name string
---@field level integer 0 for the module
---@field row integer
---@field end_row integer exclusive
---@field header_row integer
---@field header_end_row integer the header's last row
---@field summary? string
---@field provenance? "rule_based"|"llm_assisted"|"rule_based_insufficient"
---@field confidence? number
---@field stale? boolean the line is of an earlier text
---@field mark integer extmark over the node
---@field head integer extmark over its header

---@class remora.LinesUser
---@field draw fun(known: remora.Lines, touched?: remora.Line[]) show what is known, or only those that were touched
---@field fresh? fun(known: remora.Lines) a text was read that was not read before

---@class remora.Lines
---@field buf integer
---@field items remora.Line[] in the order of the text
---@field is_read boolean whether an answer is there
---@field by_mark table<integer, remora.Line>
---@field touched? remora.Line[] whose marks are still to be drawn
---@field why? string why there are no lines: a sentence for the user
---@field threshold number lines of a lower confidence are not sure
---@field users table<string, remora.LinesUser>
---@field tick? integer changedtick of the text that `items` are of
---@field fresh_tick? integer changedtick of the newest text that was read
---@field asking boolean
---@field again boolean ask once more when the answer is there
---@field timer uv.uv_timer_t

local book = {} ---@type table<integer, remora.Lines>
local group = vim.api.nvim_create_augroup("remora.lines", {})

---@param buf integer
---@return remora.Lines?
function M.of(buf)
  return book[buf]
end

--- Why there can be no lines for `buf`; nil when there can.
---@param buf integer
---@return string? message
function M.refusal(buf)
  local refusal = selection.no_file(buf)
  if refusal then
    return refusal
  end
  local bytes = vim.api.nvim_buf_get_offset(buf, vim.api.nvim_buf_line_count(buf))
  if bytes > MOST_BYTES then
    local message = "this buffer has %.1f MB, and lines are made for up to %d MB; :RemoraNode tells of one node."
    return message:format(bytes / 1e6, MOST_BYTES / 1e6)
  end
end

local function tell(known, part, touched)
  for _, user in vim.spairs(known.users) do
    if user[part] then
      user[part](known, touched)
    end
  end
end

--- Where a node is now.
---@param buf integer
---@param item remora.Line
---@return { row: integer, end_row: integer, header_row: integer, header_end_row: integer }
function M.place(buf, item)
  local node = vim.api.nvim_buf_get_extmark_by_id(buf, namespace, item.mark, { details = true })
  local head = vim.api.nvim_buf_get_extmark_by_id(buf, namespace, item.head, { details = true })
  return {
    row = node[1] or 0,
    end_row = (node[3] and node[3].end_row or 0) + 1,
    header_row = head[1] or 0,
    header_end_row = head[3] and head[3].end_row or 0,
  }
end

local function mark(buf, first, last)
  local most = vim.api.nvim_buf_line_count(buf) - 1
  first = math.max(math.min(first, most), 0)
  last = math.max(math.min(last, most), first)
  return vim.api.nvim_buf_set_extmark(buf, namespace, first, 0, {
    end_row = last,
    end_col = #vim.api.nvim_buf_get_lines(buf, last, last + 1, false)[1],
    undo_restore = false,
  })
end

--- The innermost nodes that stand in rows [first, last].
---@param known remora.Lines
---@param first integer
---@param last integer
---@return remora.Line[]
function M.among(known, first, last)
  local found, around = {}, {}
  local marks = vim.api.nvim_buf_get_extmarks(known.buf, namespace, { first, 0 }, { last, -1 }, { overlap = true })
  for _, each in ipairs(marks) do
    local item = known.by_mark[each[1]]
    if item then
      found[#found + 1] = item
      around[item.around or false] = true
    end
  end
  return vim.tbl_filter(function(item)
    return not around[item]
  end, found)
end

--- Take an answer: place each node, and note the one around it.
local function take(known, answer)
  local buf = known.buf
  vim.api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  known.items, known.by_mark, known.is_read, known.touched = answer.lines or {}, {}, true, nil
  known.why = answer.unread
  known.threshold = config.get().summary.threshold or answer.threshold or THRESHOLD
  local path = {} ---@type remora.Line[]
  for _, item in ipairs(known.items) do
    item.mark = mark(buf, item.row, item.end_row - 1)
    item.head = mark(buf, item.header_row, item.header_end_row)
    known.by_mark[item.mark] = item
    while #path > 0 and path[#path].level >= item.level do
      table.remove(path)
    end
    item.around = path[#path]
    path[#path + 1] = item
  end
end

--- Take another answer about the same text: the nodes whose lines are others now; nil when it is not about them.
local function renew(known, answer)
  local new, changed = answer.lines or {}, {}
  if answer.unread or #new ~= #known.items then
    return nil
  end
  for i, item in ipairs(known.items) do
    if new[i].key ~= item.key then
      return nil
    end
    for _, field in ipairs({ "summary", "provenance", "confidence", "stale" }) do
      if new[i][field] ~= item[field] then
        item[field] = new[i][field]
        changed[#changed + 1] = changed[#changed] ~= item and item or nil
      end
    end
  end
  return changed
end

local later

--- Ask now, or when the answer to an earlier question is there.
---@param known remora.Lines
local function ask(known)
  local buf = known.buf
  if known.asking then
    known.again = true
    return
  end
  known.timer:stop()
  known.why = M.refusal(buf)
  if known.why then
    known.items, known.by_mark, known.is_read = {}, {}, true
    return tell(known, "draw")
  end
  local path, tick = vim.api.nvim_buf_get_name(buf), vim.api.nvim_buf_get_changedtick(buf)
  local text = (vim.bo[buf].modified or not vim.uv.fs_stat(path)) and selection.text(buf) or nil
  known.asking, known.again = true, false
  local params = { root = config.get().root, path = path, text = text, changedtick = text and tick or nil }
  host.request("lines", params, function(err, answer)
    known.asking = false
    if book[buf] ~= known or not vim.api.nvim_buf_is_loaded(buf) then
      return
    elseif vim.api.nvim_buf_get_changedtick(buf) ~= tick then
      return later(known) -- its rows are those of another text
    end
    local changed = not err and known.tick == tick and renew(known, answer) or nil
    if err then
      known.why = not known.is_read and err.message or known.why
    elseif not changed then
      known.tick = tick
      take(known, answer)
    end
    if not changed or #changed > 0 then
      tell(known, "draw", changed)
    end
    if not err and known.fresh_tick ~= tick then
      known.fresh_tick = tick
      tell(known, "fresh")
    end
    if known.again then
      ask(known)
    end
  end)
end

--- Ask when nothing was typed for a while.
function later(known)
  known.timer:start(
    config.get().summary.pause_ms,
    0,
    vim.schedule_wrap(function()
      if book[known.buf] == known and vim.api.nvim_buf_is_loaded(known.buf) then
        ask(known)
      end
    end)
  )
end

local function touched(known, first, last)
  local news = vim.tbl_filter(function(item)
    return not item.stale
  end, M.among(known, first, last))
  for _, item in ipairs(news) do
    item.stale = true
  end
  if #news > 0 and known.touched then
    vim.list_extend(known.touched, news)
  elseif #news > 0 then
    known.touched = news
    vim.schedule(function()
      local items = known.touched
      known.touched = nil
      if items and book[known.buf] == known and vim.api.nvim_buf_is_loaded(known.buf) then
        tell(known, "draw", items)
      end
    end)
  end
  later(known)
end

local function attach(known)
  known.attached = vim.api.nvim_buf_attach(known.buf, false, {
    on_lines = function(_, _, _, first, _, new_last)
      if book[known.buf] ~= known then
        return true
      end
      touched(known, first, math.max(new_last - 1, first))
    end,
    on_reload = function()
      later(known)
    end,
    on_detach = function()
      known.attached = false
    end,
  })
end

local function forget(known)
  book[known.buf] = nil
  known.timer:stop()
  known.timer:close()
  vim.api.nvim_clear_autocmds({ group = group, buffer = known.buf })
  if vim.api.nvim_buf_is_valid(known.buf) then
    vim.api.nvim_buf_clear_namespace(known.buf, namespace, 0, -1)
  end
end

--- A buffer that was read again lost its marks; one that was written may have another name.
local function watch(known)
  vim.api.nvim_create_autocmd({ "BufReadPost", "BufWritePost", "BufFilePost" }, {
    group = group,
    buffer = known.buf,
    callback = function()
      if not known.attached then
        attach(known)
      end
      ask(known)
    end,
  })
  vim.api.nvim_create_autocmd("BufWipeout", {
    group = group,
    buffer = known.buf,
    callback = function()
      forget(known)
    end,
  })
end

--- Follow `buf` for `who` from now on; it is asked about, and drawn at once when it is known already.
---@param buf integer
---@param who string
---@param user remora.LinesUser
---@return remora.Lines
function M.use(buf, who, user)
  local known = book[buf]
  if known then
    known.users[who] = user
    if known.is_read then
      user.draw(known)
      if user.fresh and known.fresh_tick then
        user.fresh(known)
      end
    end
    return known
  end
  known = {
    buf = buf,
    items = {},
    by_mark = {},
    is_read = false,
    threshold = THRESHOLD,
    users = { [who] = user },
    asking = false,
    again = false,
    timer = vim.uv.new_timer(),
  }
  book[buf] = known
  attach(known)
  watch(known)
  ask(known)
  return known
end

--- Follow it for `who` no longer.
---@param buf integer
---@param who string
function M.leave(buf, who)
  local known = book[buf]
  if known then
    known.users[who] = nil
    if not next(known.users) then
      forget(known)
    end
  end
end

--- Ask again: something may have been said meanwhile.
---@param buf integer
---@param is_fresh? boolean whether the text counts as one that was not read before
function M.refresh(buf, is_fresh)
  local known = book[buf]
  if known and vim.api.nvim_buf_is_loaded(buf) then
    known.fresh_tick = not is_fresh and known.fresh_tick or nil
    ask(known)
  end
end

return M
