--- Decisions about hunks: the keys, the text object and the moves. A decision is drawn at once and can be taken back.
local M = {}

local diff = require("remora.ui.diff")
local notice = require("remora.notice")
local reviews = require("remora.review")
local scroll = require("remora.ui.scroll")

--- The hunk under the cursor, its review and its buffer.
local function under_cursor()
  local hunk, review = reviews.hunk_at(vim.api.nvim_get_current_win())
  return hunk, review, vim.api.nvim_get_current_buf()
end

--- Go to the `step`-th hunk after the cursor, or before it when negative.
---@param step integer
function M.move(step)
  local row = vim.api.nvim_win_get_cursor(0)[1] - 1
  local ahead = vim.tbl_filter(function(item)
    return (item.row - row) * step > 0
  end, reviews.hunks_of(vim.api.nvim_get_current_buf()))
  local target = step > 0 and ahead[math.min(step, #ahead)] or ahead[math.max(#ahead + 1 + step, 1)]
  if target then
    scroll.go(target.hunk)
  end
end

local function mark(hunk, review, buf, decision)
  local previous = hunk.decision
  hunk.decision = decision
  reviews.draw(buf, review)
  vim.api.nvim_exec_autocmds("User", {
    pattern = "RemoraHunkDecided",
    data = { proposal = review.id, hunk = hunk.id, decision = decision, buf = buf },
  })
  review.sending = review.sending + 1
  reviews.send(
    "decide",
    { root = review.root, proposal = review.id, hunk = hunk.id, decision = decision },
    function(err)
      review.sending = review.sending - 1
      if err then
        notice.error(err.message)
        hunk.decision = previous
        if review.files[buf] then
          reviews.draw(buf, review)
        end
      end
      if review.sending == 0 and review.when_sent then
        review.when_sent()
        review.when_sent = nil
      end
    end
  )
end

local pressed, last -- the key's decision until it has run; the decision that `.` repeats

--- The 'operatorfunc' behind the keys: it makes `.` repeat the decision on another hunk.
function M.run_decision()
  local hunk, review, buf = under_cursor()
  if not hunk or not review then
    return
  end
  if pressed then
    last = hunk.decision ~= pressed and pressed or nil
    pressed = nil
  end
  mark(hunk, review, buf, last)
end

--- Keys that decide about the hunk under the cursor; the same key again takes the decision back.
---@param decision "accepted"|"dismissed"
---@return string? keys for an `expr` mapping; nil when the cursor is on no hunk
function M.decide(decision)
  local hunk = under_cursor()
  if not hunk then
    return nil
  end
  if decision == "accepted" and scroll.show(vim.api.nvim_get_current_win(), hunk) then
    return "<Ignore>" -- what was out of sight is not accepted: it is shown first
  end
  pressed = decision
  vim.go.operatorfunc = "v:lua.require'remora.decide'.run_decision"
  return "<Plug>(remora-run-decision)"
end

--- Select the rows of the hunk under the cursor.
function M.select()
  local hunk, _, buf = under_cursor()
  if not hunk then
    return
  end
  local start, count = diff.rows(buf, hunk)
  if vim.fn.mode():find("[vV\22]") then
    vim.cmd("normal! \27")
  end
  vim.api.nvim_win_set_cursor(0, { start + 1, 0 })
  vim.cmd("normal! V")
  vim.api.nvim_win_set_cursor(0, { start + count, 0 })
end

--- Keys of the text object; a hunk that only adds has no rows to select, which cancels.
---@return string?
function M.select_keys()
  local hunk, _, buf = under_cursor()
  if not hunk then
    return nil
  end
  local _, count = diff.rows(buf, hunk)
  return count > 0 and "<Cmd>lua require('remora.decide').select()<CR>" or "<Esc>"
end

M.actions = {
  on_hunk = function()
    return under_cursor() ~= nil
  end,
  next = function()
    return "<Cmd>lua require('remora.decide').move(vim.v.count1)<CR>"
  end,
  prev = function()
    return "<Cmd>lua require('remora.decide').move(-vim.v.count1)<CR>"
  end,
  accept = function()
    return M.decide("accepted")
  end,
  dismiss = function()
    return M.decide("dismissed")
  end,
  select = M.select_keys,
}

return M
