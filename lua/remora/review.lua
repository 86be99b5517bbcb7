--- Proposals under review: their hunks in the buffers, and what the user decides about them.
--- A decision only marks; files change when the proposal is approved.
local M = {}

local config = require("remora.config")
local diff = require("remora.ui.diff")
local keys = require("remora.keys")
local notice = require("remora.notice")
local placing = require("remora.placing")
local proposals = require("remora.proposal")
local selection = require("remora.selection")
local scroll = require("remora.ui.scroll")
local winbar = require("remora.ui.winbar")

---@class remora.Review
---@field id string
---@field root? string
---@field node? string
---@field files table<integer, { path: string, base: table[], hunks: remora.Hunk[], tick: integer }> by buffer
---@field edits table[] the proposal's, with spans in the base text
---@field chosen boolean opened from the list, not by an answer that arrived
---@field arrived? boolean the cursor was taken to it, or left alone
---@field sending integer decisions on their way to the server
---@field approving boolean
---@field errors integer that the checks found new in it
---@field when_sent? fun()

local reviews = {} ---@type remora.Review[] oldest first
local group = vim.api.nvim_create_augroup("remora.review", {})

--- Set by `remora` (init.lua).
M.send = nil ---@type fun(method: string, params: table, callback?: fun(err: remora.Error?, result: any))
M.on_change = nil ---@type fun(reviews: remora.Review[])
M.actions = nil ---@type table<string, fun(): string?> what the review's keys run

local function here(buf)
  return vim.tbl_filter(function(review)
    return review.files[buf] ~= nil
  end, reviews)
end

--- Hunks of `buf`, of all its reviews, from top to bottom.
---@param buf integer
---@return { review: remora.Review, hunk: remora.Hunk, row: integer }[]
function M.hunks_of(buf)
  local found = {}
  for _, review in ipairs(here(buf)) do
    for _, hunk in ipairs(review.files[buf].hunks) do
      found[#found + 1] = { review = review, hunk = hunk, row = diff.home(buf, hunk) }
    end
  end
  table.sort(found, function(a, b)
    return a.row < b.row
  end)
  return found
end

--- How many hunks of a review are decided, and how many it has.
---@return integer decided
---@return integer total
function M.counts(review)
  local decided, total = 0, 0
  for _, file in pairs(review.files) do
    for _, hunk in ipairs(file.hunks) do
      decided, total = decided + (hunk.decision and 1 or 0), total + 1
    end
  end
  return decided, total
end

--- The hunk at a window's cursor, and its review; nil when it is on none.
---@param win integer
---@return remora.Hunk?
---@return remora.Review?
function M.hunk_at(win)
  local buf, row = vim.api.nvim_win_get_buf(win), vim.api.nvim_win_get_cursor(win)[1] - 1
  for _, item in ipairs(M.hunks_of(buf)) do
    local first, last = diff.extent(buf, item.hunk)
    if first <= row and row <= last then
      return item.hunk, item.review
    end
  end
end

--- What a proposal is called where several are under review: "total", or "Cart.total" beside another `total`.
local function name_of(review, others)
  local _, name = placing.parts(review.node)
  local last = name:match("[^.]+$")
  local alike = vim.tbl_filter(function(other)
    return select(2, placing.parts(other.node)):match("[^.]+$") == last
  end, others)
  return #alike > 1 and name or last
end

local function bar_of(win)
  local buf, row = vim.api.nvim_win_get_buf(win), vim.api.nvim_win_get_cursor(win)[1] - 1
  local bar =
    { width = vim.api.nvim_win_get_width(win), decided = 0, total = 0, errors = 0, on_hunk = M.hunk_at(win) ~= nil }
  for _, review in ipairs(here(buf)) do
    local decided, total = M.counts(review)
    bar.decided, bar.total = bar.decided + decided, bar.total + total
    bar.errors = bar.errors + review.errors
  end
  for _, item in ipairs(M.hunks_of(buf)) do
    bar.before, bar.after = bar.before or item.row < row, bar.after or item.row > row
  end
  local several = here(buf)
  bar.takes = #several > 1 and name_of(M.current(win), several) or nil
  return winbar.text(bar, config.get().review_keys or {})
end

local function show_bar(buf)
  if #here(buf) > 0 and config.get().winbar then
    winbar.show(buf, bar_of)
  end
end

local function changed(buf)
  if #here(buf) == 0 then
    winbar.hide(buf)
  end
  show_bar(buf)
  M.on_change(reviews)
end

--- Draw a review's hunks in `buf` again.
function M.draw(buf, review)
  local file = review.files[buf]
  file.width = diff.width(buf)
  local several = here(buf)
  file.named = #several > 1
  local name = file.named and name_of(review, several) or nil
  for i, hunk in ipairs(file.hunks) do
    diff.draw(buf, hunk, { place = ("hunk %d/%d"):format(i, #file.hunks), name = name })
  end
  changed(buf)
end

--- Draw again what was drawn for another width, or beside other proposals.
local function fit(buf)
  local width, several = diff.width(buf), #here(buf) > 1
  for _, review in ipairs(here(buf)) do
    local file = review.files[buf]
    if file.width ~= width or file.named ~= several then
      M.draw(buf, review)
    end
  end
end

local function at_cursor(buf)
  fit(buf)
  local win = vim.api.nvim_get_current_win()
  scroll.enter(win, (M.hunk_at(win)))
  show_bar(buf)
end

local function erase(buf, review)
  if vim.api.nvim_buf_is_loaded(buf) then
    for _, hunk in ipairs(review.files[buf].hunks) do
      diff.erase(buf, hunk)
    end
  end
end

local function arrive(buf, review)
  local at_rest = vim.api.nvim_get_mode().mode == "n" and vim.api.nvim_get_current_buf() == buf
  if not review.arrived and at_rest then
    local row = vim.api.nvim_win_get_cursor(0)[1] - 1
    local hunk = review.chosen and review.files[buf].hunks[1] or placing.hunk_of(review, review.files[buf], row)
    if hunk then
      scroll.go(hunk)
      show_bar(buf)
    end
  end
  review.arrived = true
end

--- Ask the server where the hunks are in the buffer's present text, and draw them there.
function M.place(buf, review)
  local file = review.files[buf]
  local tick = vim.api.nvim_buf_get_changedtick(buf)
  if file.tick == tick or review.approving then
    return
  end
  file.tick = tick
  M.send("view", {
    root = review.root,
    proposal = review.id,
    path = file.path,
    text = selection.text(buf),
  }, function(err, result)
    if not vim.api.nvim_buf_is_loaded(buf) or review.files[buf] ~= file or review.approving then
      return
    end
    if vim.api.nvim_buf_get_changedtick(buf) ~= tick then
      return M.place(buf, review)
    end
    if err then
      return notice.warn(err.message)
    end
    erase(buf, review)
    file.hunks = placing.copy(result.hunks, file.hunks)
    M.draw(buf, review)
    arrive(buf, review)
  end)
end

local function leave(buf, review)
  erase(buf, review)
  review.files[buf] = nil
  fit(buf)
  if #here(buf) == 0 then
    scroll.leave(buf)
    keys.remove(buf)
    vim.api.nvim_clear_autocmds({ group = group, buffer = buf })
  end
  if vim.api.nvim_buf_is_valid(buf) then
    changed(buf)
  end
end

local function watch(buf)
  vim.api.nvim_clear_autocmds({ group = group, buffer = buf })
  local function on(event, run)
    vim.api.nvim_create_autocmd(event, {
      group = group,
      buffer = buf,
      callback = function()
        vim.iter(here(buf)):each(run)
      end,
    })
  end
  on({ "TextChanged", "InsertLeave" }, function(review)
    M.place(buf, review)
  end)
  on("BufReadPost", function(review)
    review.files[buf].tick = nil
    M.place(buf, review)
  end)
  on("BufWinEnter", function()
    changed(buf)
  end)
  local function on_cursor(event, run)
    vim.api.nvim_create_autocmd(event, { group = group, buffer = buf, callback = run })
  end
  on_cursor("CursorMoved", function()
    at_cursor(buf)
  end)
  on_cursor("BufLeave", function()
    scroll.enter(vim.api.nvim_get_current_win(), nil)
  end)
  on("BufUnload", function(review)
    leave(buf, review)
  end)
end

vim.api.nvim_create_autocmd("WinResized", {
  group = group,
  callback = function()
    for _, win in ipairs(vim.v.event.windows) do
      if vim.api.nvim_win_is_valid(win) then
        fit(vim.api.nvim_win_get_buf(win))
        show_bar(vim.api.nvim_win_get_buf(win))
        scroll.enter(win, nil)
        scroll.enter(win, (M.hunk_at(win)))
      end
    end
  end,
})

local function attach(review, file, tick)
  local path = file.path
  if review.root and not vim.startswith(path, "/") then
    path = vim.fs.joinpath(review.root, path)
  end
  local buf = proposals.buffer_of(path)
  if not buf then
    return
  end
  review.files[buf] = { path = file.path, base = file.hunks, hunks = {}, tick = tick }
  fit(buf)
  keys.install(buf, config.get().review_keys, M.actions)
  watch(buf)
  if tick == vim.api.nvim_buf_get_changedtick(buf) then
    review.files[buf].hunks = placing.copy(file.hunks)
    M.draw(buf, review)
    arrive(buf, review)
  else
    review.files[buf].tick = nil
    M.place(buf, review)
  end
end

--- Put a proposal under review in the open buffers of its files. It takes the place of one that it refines.
---@param proposal table see doc/protocol.md
---@param made_at? { buf: integer, changedtick: integer } the buffer and its changedtick when it was asked for; nil when
--- the user chose it, and so wants to be taken there
---@return remora.Review
function M.open(proposal, made_at)
  for _, old in ipairs(vim.list_slice(reviews)) do
    if old.id == proposal.id or old.id == proposal.refines then
      M.close(old)
    end
  end
  local review = {
    id = proposal.id,
    root = proposal.root,
    node = proposal.node,
    files = {},
    edits = proposal.edits or {},
    chosen = not made_at,
    sending = 0,
    approving = false,
    errors = #vim.tbl_filter(function(found)
      return found.severity == "error"
    end, proposal.diagnostics or {}),
  }
  reviews[#reviews + 1] = review
  for _, file in ipairs(proposal.files or {}) do
    attach(review, file, made_at and made_at.changedtick)
  end
  M.on_change(reviews)
  return review
end

--- End a review; the proposal itself stays where it is.
---@param review remora.Review
function M.close(review)
  reviews = vim.tbl_filter(function(other)
    return other ~= review
  end, reviews)
  for _, buf in ipairs(vim.tbl_keys(review.files)) do
    leave(buf, review)
  end
  M.on_change(reviews)
end

--- The review meant here: the hunk's under the cursor, the nearest one of the buffer, else the only one.
---@param win? integer by default the current one
---@return remora.Review?
function M.current(win)
  win = win or vim.api.nvim_get_current_win()
  local buf, row = vim.api.nvim_win_get_buf(win), vim.api.nvim_win_get_cursor(win)[1] - 1
  local nearest, least
  for _, item in ipairs(M.hunks_of(buf)) do
    local far = math.abs(item.row - row)
    if not least or far < least then
      nearest, least = item.review, far
    end
  end
  return nearest or here(buf)[1] or (#reviews == 1 and reviews[1]) or nil
end

---@param id string
---@return remora.Review?
function M.find(id)
  return vim.iter(reviews):find(function(review)
    return review.id == id
  end)
end

--- Apply a proposal, all but its dismissed hunks, or drop it; see `remora.verdict`.
function M.approve(...)
  require("remora.verdict").approve(...)
end

function M.reject(...)
  require("remora.verdict").reject(...)
end

---@return remora.Review[]
function M.list()
  return reviews
end

return M
