#include "servers/common/icalendar/zones.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <utility>

#include "servers/common/icalendar/tzdata.hpp"

namespace common {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

/// Names only what tzdata could name: never a way out of its folder, nor into its leap-second
/// copies.
bool plausible(std::string_view iana) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-";
  return !iana.empty() && iana.size() <= 64 && iana.front() != '/' && !iana.starts_with("right/") &&
         !iana.starts_with("posix") && iana != "localtime" &&
         iana.find_first_not_of(kAllowed) == std::string_view::npos;
}

std::shared_ptr<const ZoneTable> load(const std::string& iana) {
  std::ifstream file("/usr/share/zoneinfo/" + iana, std::ios::binary);
  std::ostringstream bytes;
  if (!(bytes << file.rdbuf())) return nullptr;
  std::optional<ZoneTable> table = read_tzdata(iana, bytes.view());
  if (!table) return nullptr;
  return std::make_shared<const ZoneTable>(std::move(*table));
}

}  // namespace

std::optional<Zone> Zone::find(std::string_view iana) {
  if (!plausible(iana)) return std::nullopt;
  // The tables are shared by all threads. The mutex guards the map and libical, which keeps the
  // name of the zone folder in a static variable.
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const ZoneTable>, std::less<>> tables;
  const std::lock_guard lock(mutex);
  const auto known = tables.find(iana);
  if (known != tables.end()) return Zone(known->second);
  std::shared_ptr<const ZoneTable> table = load(std::string(iana));
  if (!table) return std::nullopt;
  return Zone(tables.emplace(iana, std::move(table)).first->second);
}

Zone Zone::utc() {
  return Zone(std::make_shared<const ZoneTable>(ZoneTable{.id = "UTC"}));
}

Zone::Zone(std::shared_ptr<const ZoneTable> table) : table_(std::move(table)) {}

const std::string& Zone::id() const {
  return table_->id;
}

seconds Zone::offset_at(sys_seconds instant) const {
  return table_->offset_at(instant);
}

std::chrono::local_seconds Zone::to_local(sys_seconds instant) const {
  return std::chrono::local_seconds((instant + offset_at(instant)).time_since_epoch());
}

sys_seconds Zone::to_utc(std::chrono::local_seconds local) const {
  const sys_seconds wall(local.time_since_epoch());
  const seconds before = offset_at(wall - days(1));
  const seconds after = offset_at(wall + days(1));
  const sys_seconds first = wall - std::max(before, after);
  for (const sys_seconds candidate : {first, wall - std::min(before, after)}) {
    if (wall - candidate == offset_at(candidate)) return candidate;
  }
  return wall - before;
}

Time Zone::at(sys_seconds instant) const {
  return {.at = instant, .offset = offset_at(instant)};
}

}  // namespace common
