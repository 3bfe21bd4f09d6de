#include "protocol/mcp/server_calls.hpp"

#include <utility>

namespace mcp {

std::shared_ptr<Calls::Entry> Calls::begin(jsonrpc::Id id) {
  auto entry = std::make_shared<Entry>(Entry{.id = std::move(id)});
  const std::lock_guard lock(mutex_);
  entries_.push_back(entry);
  return entry;
}

void Calls::cancel(const jsonrpc::Id& id) {
  const std::lock_guard lock(mutex_);
  for (const std::shared_ptr<Entry>& entry : entries_) {
    if (entry->id != id) continue;
    entry->cancelled = true;
    entry->stop.request_stop();
  }
}

bool Calls::wanted(const Entry& entry) {
  const std::lock_guard lock(mutex_);
  return !entry.cancelled;
}

bool Calls::end(const Entry& entry) {
  const std::lock_guard lock(mutex_);
  const bool answer = !entry.cancelled;
  std::erase_if(entries_, [&entry](const auto& other) { return other.get() == &entry; });
  return answer;
}

void Calls::stop_all() {
  const std::lock_guard lock(mutex_);
  for (const std::shared_ptr<Entry>& entry : entries_) entry->stop.request_stop();
}

}  // namespace mcp
