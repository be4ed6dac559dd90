-- Sends the requests of a file, one a line as JSON would be too slow to read: method, path,
-- cookie and body, divided by tabs. Tells what came of them as one line of numbers.
local ready, next_one = {}, 0

init = function(args)
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    local method, path, cookie, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = { ["Accept-Language"] = "en" }
    if cookie ~= "" then headers["Cookie"] = cookie end
    if body ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
    ready[#ready + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
end

request = function()
  next_one = next_one % #ready + 1
  return ready[next_one]
end

done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("TOLD %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
