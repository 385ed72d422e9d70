-- Takes of all buckets, or of none. KEYS: the buckets. ARGV: the window in microseconds, the time in microseconds or '' for the
-- server's own, then for each bucket its quota and what is wanted. Answers whether it was taken, and of each bucket what is left
-- and how many microseconds to wait for it.
local window = tonumber(ARGV[1])
local now = tonumber(ARGV[2])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000000 + time[2]
end
local levels, wants, answer, taken = {}, {}, {1}, true
for i, key in ipairs(KEYS) do
    local quota = tonumber(ARGV[1 + 2 * i])
    local kept = redis.call('HMGET', key, 'level', 'at')
    local level = quota
    if kept[1] then
        level = math.min(quota, tonumber(kept[1]) + math.max(0, now - tonumber(kept[2])) * quota / window)
    end
    levels[i] = level
    wants[i] = math.min(tonumber(ARGV[2 + 2 * i]), quota)
    -- What was promised for this moment is there, however it was rounded.
    if level + 0.00001 < wants[i] then
        taken = false
    end
end
for i, key in ipairs(KEYS) do
    local quota = tonumber(ARGV[1 + 2 * i])
    local wait = 0
    if taken then
        levels[i] = levels[i] - wants[i]
        redis.call('HSET', key, 'level', string.format('%.6f', levels[i]), 'at', string.format('%.0f', now))
        redis.call('PEXPIRE', key, math.ceil(window / 500))
    else
        wait = math.max(0, math.ceil((wants[i] - levels[i]) * window / quota))
    end
    answer[2 * i] = math.floor(levels[i] + 0.00001)
    answer[2 * i + 1] = wait
end
if not taken then
    answer[1] = 0
end
return answer
