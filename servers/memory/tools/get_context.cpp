#include "schemas/memory/get_context.hpp"

#include <algorithm>
#include <set>

#include "servers/common/words.hpp"
#include "servers/memory/context.hpp"
#include "servers/memory/selection.hpp"

namespace memory {
namespace {

constexpr std::int64_t kSimilarMax = 20;
constexpr std::int64_t kRecentMax = 20;

/// What of the profile shares a word with the task comes first; the order is else the profile's.
void put_relevant_first(std::vector<Memory>& rows, std::string_view task) {
  const std::set<std::string> wanted = common::content_stems(task);
  std::ranges::stable_partition(rows, [&](const Memory& row) {
    const std::set<std::string> stems = common::content_stems(row.text);
    return std::ranges::any_of(stems, [&](const auto& stem) { return wanted.contains(stem); });
  });
}

}  // namespace

GetContextResult get_context(Context& context, const GetContextArgs& args, mcp::Call&) {
  GetContextResult all;
  for (const Entry& entry : context.store.profile()) {
    Memory row = row_of(entry, context.times);
    (row.kind == Kind::Preference ? all.preferences : all.knowledge).push_back(std::move(row));
  }
  put_relevant_first(all.preferences, args.task);
  put_relevant_first(all.knowledge, args.task);

  std::set<std::int64_t> similar;
  for (const Record& episode : context.store.similar(args.task, kSimilarMax)) {
    all.similar.push_back(episode_of(episode));
    similar.insert(episode.number);
  }
  for (const Record& record : context.store.list({}, {}, kRecentMax)) {
    if (!similar.contains(record.number)) all.recent.push_back(row_of(record, context.times));
  }
  return selected(all, args.max_tokens);
}

}  // namespace memory
