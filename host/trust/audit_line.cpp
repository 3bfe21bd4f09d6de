#include "host/trust/audit_line.hpp"

#include <nlohmann/json.hpp>

namespace host {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kMacMember = R"(,"mac":")";
constexpr std::size_t kMacLength = 64;

AuditRecord from_json(const Json& json) {
  AuditRecord record{.seq = json.at("seq").get<std::int64_t>(),
                     .at = json.at("at").get<std::string>(),
                     .actor = json.at("actor").get<std::string>(),
                     .server = json.at("server").get<std::string>(),
                     .tool = json.at("tool").get<std::string>(),
                     .action_class = json.at("action_class").get<std::string>(),
                     .decision = json.at("decision").get<std::string>(),
                     .rule = json.at("rule").get<std::string>(),
                     .args_sha256 = json.at("args_sha256").get<std::string>(),
                     .ids = json.at("ids").get<std::vector<std::string>>(),
                     .phase = json.at("phase").get<std::string>()};
  if (json.contains("card")) record.card = json.at("card").get<std::int64_t>();
  return record;
}

/// `line` is an object whose last member is the MAC: the bytes before it, and the MAC.
struct Parts {
  std::string_view body{};
  std::string_view mac{};
};

std::optional<Parts> split(std::string_view line) {
  const std::size_t tail = kMacMember.size() + kMacLength + 2;  // ..."}
  if (line.size() < tail || !line.ends_with("\"}")) return std::nullopt;
  const std::size_t at = line.size() - tail;
  if (line.substr(at, kMacMember.size()) != kMacMember) return std::nullopt;
  return Parts{.body = line.substr(0, at), .mac = line.substr(at + kMacMember.size(), kMacLength)};
}

/// `object` without its closing brace, then the MAC over it.
std::string sealed(std::string object, const Seal& seal, std::string_view previous_mac) {
  object.pop_back();
  const std::string mac = seal.mac(previous_mac, object);
  return object + std::string(kMacMember) + mac + "\"}";
}

}  // namespace

Json to_json(const AuditRecord& record) {
  Json json{{"seq", record.seq},
            {"at", record.at},
            {"actor", record.actor},
            {"server", record.server},
            {"tool", record.tool},
            {"action_class", record.action_class},
            {"decision", record.decision},
            {"rule", record.rule},
            {"args_sha256", record.args_sha256},
            {"ids", record.ids}};
  if (record.card) json["card"] = *record.card;
  json["phase"] = record.phase;
  return json;
}

std::string audit_line(const AuditRecord& record, const Seal& seal, std::string_view previous_mac) {
  return sealed(to_json(record).dump(-1, ' ', false, Json::error_handler_t::replace), seal,
                previous_mac);
}

std::optional<ReadLine> read_audit_line(std::string_view line, const Seal& seal,
                                        std::string_view previous_mac) {
  const std::optional<Parts> parts = split(line);
  const Json json = Json::parse(line, nullptr, false);
  if (!parts || !json.is_object() || !json.contains("seq")) return std::nullopt;
  const Json& seq = json["seq"];
  if (!seq.is_number_integer()) return std::nullopt;
  ReadLine read{.mac = std::string(parts->mac),
                .holds = seal.mac(previous_mac, parts->body) == parts->mac};
  // What does not hold was written by anybody; only what we wrote has surely all members.
  read.record = read.holds ? from_json(json) : AuditRecord{.seq = seq.get<std::int64_t>()};
  return read;
}

std::string head_line(const AuditHead& head, const Seal& seal) {
  return sealed(Json{{"count", head.count}, {"last_mac", head.last_mac}}.dump(), seal, "head");
}

std::optional<AuditHead> read_head(std::string_view bytes, const Seal& seal) {
  if (bytes.ends_with('\n')) bytes.remove_suffix(1);
  const std::optional<Parts> parts = split(bytes);
  if (!parts || seal.mac("head", parts->body) != parts->mac) return std::nullopt;
  const Json json = Json::parse(bytes);
  return AuditHead{.count = json.at("count").get<std::int64_t>(),
                   .last_mac = json.at("last_mac").get<std::string>()};
}

}  // namespace host
