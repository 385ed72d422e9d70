-- Takes of all buckets, or of none. KEYS: the buckets. ARGV: the window in microseconds, the time in microseconds or '' for the
-- server's own, then for each bucket its quota and what is wanted. Answers whether it was taken, and of each bucket what is left
-- and how many microseconds to wait for it. Whoever is refused has a place in the line of each bucket: whoever comes anew takes nothing
-- that one in the line needs at the moment at which he was told to come back, and for a little while beyond it.
local window = tonumber(ARGV[1])
local now = tonumber(ARGV[2])
local second, grace, most = 1000000, 5000000, 1000
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000000 + time[2]
end
local function text(number)
    return string.format('%.0f', number)
end
local function amount(place)
    return tonumber(string.match(place, '^%d+'))
end
local function missing(quota, level, amount)
    -- What was promised for this moment is there, however it was rounded.
    return amount > quota and math.huge or math.max(0, (amount - level - 0.00001) * window / quota)
end
-- Whether everybody in the line finds what he wanted when so much is taken now.
local function leaves(line, quota, level, kept, wanted)
    local last = redis.call('ZREVRANGE', line, 0, 0, 'WITHSCORES')
    if not last[1] then
        return true
    end
    if missing(quota, level, kept + wanted) > math.max(0, tonumber(last[2]) - now) then
        return false
    end
    local before = wanted
    local all = redis.call('ZRANGE', line, 0, -1, 'WITHSCORES')
    for i = 1, #all, 2 do
        before = before + amount(all[i])
        if missing(quota, level, before) > math.max(0, tonumber(all[i + 1]) - now) then
            return false
        end
    end
    return true
end
local quotas, levels, wants, kept, back, spare, answer, taken = {}, {}, {}, {}, {}, {}, {1}, true
for i, key in ipairs(KEYS) do
    local quota = tonumber(ARGV[1 + 2 * i])
    local line = key .. ':line'
    local known = redis.call('HMGET', key, 'level', 'at', 'kept')
    local level = quota
    if known[1] then
        level = math.min(quota, tonumber(known[1]) + math.max(0, now - tonumber(known[2])) * quota / window)
    end
    quotas[i] = quota
    levels[i] = level
    wants[i] = math.min(tonumber(ARGV[2 + 2 * i]), quota)
    kept[i] = tonumber(known[3] or '0')
    spare[i] = level + 0.00001 >= wants[i]
    if kept[i] > 0 and wants[i] > 0 then
        for _, place in ipairs(redis.call('ZRANGEBYSCORE', line, '-inf', '(' .. text(now - grace))) do
            kept[i] = kept[i] - amount(place)
            redis.call('ZREM', line, place)
        end
        if not spare[i] or not leaves(line, quota, level, kept[i], wants[i]) then
            spare[i] = false
            for _, place in ipairs(redis.call('ZRANGEBYSCORE', line, '-inf', text(now), 'LIMIT', 0, 100)) do
                if amount(place) == wants[i] then
                    back[i] = place
                    break
                end
            end
        end
        redis.call('HSET', key, 'kept', text(kept[i]))
    end
    if wants[i] > 0 and not spare[i] and not (back[i] and level + 0.00001 >= wants[i]) then
        taken = false
    end
end
local last, places = 1, true
for i, key in ipairs(KEYS) do
    local wait = 0
    if taken then
        if back[i] then
            kept[i] = kept[i] - wants[i]
            redis.call('ZREM', key .. ':line', back[i])
        end
        levels[i] = levels[i] - wants[i]
        redis.call('HSET', key, 'level', string.format('%.6f', levels[i]), 'at', text(now), 'kept', text(kept[i]))
        redis.call('PEXPIRE', key, math.ceil(window / 500))
    elseif not spare[i] then
        local behind = math.ceil((wants[i] + kept[i] - levels[i]) * window / quotas[i])
        wait = math.max(1, math.ceil((wants[i] - levels[i]) * window / quotas[i]), math.min(behind, window))
        last = math.max(last, wait)
    end
    places = places and kept[i] + wants[i] <= quotas[i] and redis.call('ZCARD', key .. ':line') < most
    answer[2 * i] = math.floor(levels[i] + 0.00001)
    answer[2 * i + 1] = wait
end
if not taken then
    answer[1] = 0
    local moment = text(now + math.ceil(last / second) * second)
    for i, key in ipairs(KEYS) do
        if places then
            local line = key .. ':line'
            redis.call('ZADD', line, moment, text(wants[i]) .. ':' .. redis.call('HINCRBY', key, 'places', 1))
            redis.call('HSET', key, 'kept', text(kept[i] + wants[i]))
            redis.call('PEXPIRE', key, math.ceil(window / 500))
            redis.call('PEXPIRE', line, math.ceil(window / 500))
        end
    end
end
return answer
