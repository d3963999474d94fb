import assert from "node:assert/strict";
import { test } from "node:test";
import { heatOn, imageOn } from "../../geomap/exporters/leaflet/page/map/imagery.js";

const dayOf = (date) => Date.parse(date) / 86400000;

test("each day is asked of the satellite that flew", () => {
  assert.equal(imageOn(dayOf("2000-02-23")), null);
  assert.equal(imageOn(dayOf("2000-02-24")), "MODIS_Terra_CorrectedReflectance_TrueColor");
  assert.equal(imageOn(dayOf("2015-11-24")), "VIIRS_SNPP_CorrectedReflectance_TrueColor");
  assert.equal(imageOn(dayOf("2024-08-14")), "VIIRS_NOAA20_CorrectedReflectance_TrueColor");
  assert.equal(heatOn(dayOf("2001-09-11")), null);
  assert.equal(heatOn(dayOf("2003-03-20")), "MODIS_Combined_Thermal_Anomalies_All");
  assert.equal(heatOn(dayOf("2014-08-29")), "VIIRS_SNPP_Thermal_Anomalies_375m_All");
});

test("no day has no image", () => {
  assert.equal(imageOn(null), null);
  assert.equal(heatOn(null), null);
});
