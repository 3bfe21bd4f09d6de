#include "schemas/common/scalars.hpp"

#include <string_view>

#include "protocol/mcp/tables.hpp"
#include "schemas/common/values.hpp"

namespace common::tables {
namespace {

using mcp::fields::Kind;
using mcp::fields::Scalar;
using mcp::fields::scalar_of;

constexpr Scalar kAnyJson{
    .name = "JSON", .parse = scalar_of<Json>.parse, .print = scalar_of<Json>.print, .json = true};
constexpr std::string_view kWeekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

}  // namespace

const mcp::fields::Type kWhen{.name = "a date or time, in RFC 3339 or in words such as \"tue 3pm\"",
                              .kind = Kind::Scalar,
                              .scalar = &scalar_of<When>};
const mcp::fields::Type kRepeat{.name = "an RRULE or words such as \"every 2 weeks on tue\"",
                                .kind = Kind::Scalar,
                                .scalar = &scalar_of<Repeat>};
const mcp::fields::Type kTime{
    .name = "an RFC 3339 time or date", .kind = Kind::Scalar, .scalar = &scalar_of<Time>};
const mcp::fields::Type kJson{.name = "JSON", .kind = Kind::Scalar, .scalar = &kAnyJson};
const mcp::fields::Type kWeekday{
    .name = "Weekday", .kind = Kind::Enum, .size = 1, .names = kWeekdays};

}  // namespace common::tables
