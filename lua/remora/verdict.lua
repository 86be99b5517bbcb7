--- The end of a review: its proposal is applied, or dropped.
local M = {}

local notice = require("remora.notice")
local reviews = require("remora.review")

local function told(result)
  local parts = {}
  for _, file in ipairs(result.files or {}) do
    local note = file.unsaved and " (not saved: it held unsaved text)" or ""
    parts[#parts + 1] = vim.fn.fnamemodify(file.path, ":~:.") .. (file.merged and " (merged)" or "") .. note
  end
  return "applied to " .. (#parts > 0 and table.concat(parts, ", ") or "no file")
end

--- Apply a proposal, all but its dismissed hunks.
---@param id string
---@param root? string
---@param force? boolean although the checks found new errors
function M.approve(id, root, force)
  local review = reviews.find(id)
  notice.reset()
  local function send()
    reviews.send("approve", { root = root, proposal = id, force = force or nil }, function(err, result)
      if review then
        review.approving = false
      end
      if err then
        return notice.error(err.message)
      end
      if review then
        reviews.close(review)
      end
      notice.info(told(result))
      for _, other in ipairs(reviews.list()) do
        for buf in pairs(other.files) do
          reviews.place(buf, other)
        end
      end
    end)
  end
  if review then
    review.approving = true
  end
  if review and review.sending > 0 then
    review.when_sent = send
  else
    send()
  end
end

--- Drop a proposal; gone from the screen at once.
---@param id string
---@param root? string
function M.reject(id, root)
  local review = reviews.find(id)
  if review then
    reviews.close(review)
  end
  notice.reset()
  reviews.send("reject", { root = root, proposal = id }, function(err)
    if err then
      notice.error(err.message)
    end
  end)
end

return M
