--- :RemoraEdit: from a selection and the user's words to an open request.
local M = {}

local config = require("remora.config")
local notice = require("remora.notice")
local requests = require("remora.requests")
local selection = require("remora.selection")

--- Ask for a change of what is selected, or of the node under the cursor.
---@param words string empty: a prompt asks for them
---@param range? integer[] first and last line, 1-based, inclusive
---@param extra? table parameters beside those of the selection, such as `engine`
function M.ask(words, range, extra)
  local chosen, message = selection.of(vim.api.nvim_get_current_win(), range)
  if not chosen then
    return notice.error(message)
  end
  local options = config.get()
  local params = vim.tbl_extend("force", {
    root = options.root,
    engine = options.engine,
    model = options.model,
    path = chosen.path,
    text = chosen.text,
    changedtick = chosen.changedtick,
    pos = chosen.pos,
    span = chosen.span,
  }, extra or {})
  M.with_words(words, "Change: ", function(given)
    params.request = given
    requests.start(chosen, params)
  end)
end

--- Call `run` with the words, asking for them when there are none. An empty answer means no.
function M.with_words(words, prompt, run)
  if vim.trim(words) ~= "" then
    return run(words)
  end
  require("remora").preload()
  vim.ui.input({ prompt = prompt }, function(given)
    if given and vim.trim(given) ~= "" then
      run(given)
    end
  end)
end

--- Ask for another version of the proposal under review.
---@param words string
function M.refine(words)
  local review = require("remora").review().current()
  if not review then
    return notice.error("no proposal is under review here; use :RemoraEdit without ! to ask for one.")
  end
  local buf = vim.api.nvim_get_current_buf()
  if not review.files[buf] then
    buf = next(review.files)
  end
  local hunks = buf and review.files[buf].hunks or {}
  if not hunks[1] then
    return notice.error("the proposal's file is not open; :RemoraProposals opens it.")
  end
  local options = config.get()
  local text = vim.bo[buf].modified and selection.text(buf) or nil
  local row = require("remora.ui.diff").home(buf, hunks[1])
  M.with_words(words, "Change the proposal: ", function(given)
    requests.start({
      buf = buf,
      pos = { row, 0 },
      changedtick = vim.api.nvim_buf_get_changedtick(buf),
    }, {
      root = review.root,
      engine = options.engine,
      model = options.model,
      path = vim.api.nvim_buf_get_name(buf),
      text = text,
      changedtick = vim.api.nvim_buf_get_changedtick(buf),
      key = review.node,
      request = given,
      refine = review.id,
    })
  end)
end

return M
